// The tools of the rich text: pressed state said and shown, arrows move between them, one stop for Tab.
import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBold,
  IconH2,
  IconH3,
  IconItalic,
  IconList,
  IconListNumbers,
  type TablerIcon,
} from '@tabler/icons-react'
import { useEditorState, type Editor } from '@tiptap/react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './conclusions.module.css'

type ToolName = 'bold' | 'italic' | 'heading2' | 'heading3' | 'bulletList' | 'orderedList' | 'undo' | 'redo'

interface Tool {
  readonly name: ToolName
  readonly icon: TablerIcon
  readonly run: (editor: Editor) => boolean
  /** Undefined for what is done and not switched. */
  readonly on?: (editor: Editor) => boolean
  readonly can?: (editor: Editor) => boolean
}

const TOOLS: readonly Tool[] = [
  { name: 'bold', icon: IconBold, run: (e) => e.chain().focus().toggleBold().run(), on: (e) => e.isActive('bold') },
  {
    name: 'italic',
    icon: IconItalic,
    run: (e) => e.chain().focus().toggleItalic().run(),
    on: (e) => e.isActive('italic'),
  },
  {
    name: 'heading2',
    icon: IconH2,
    run: (e) => e.chain().focus().toggleHeading({ level: 2 }).run(),
    on: (e) => e.isActive('heading', { level: 2 }),
  },
  {
    name: 'heading3',
    icon: IconH3,
    run: (e) => e.chain().focus().toggleHeading({ level: 3 }).run(),
    on: (e) => e.isActive('heading', { level: 3 }),
  },
  {
    name: 'bulletList',
    icon: IconList,
    run: (e) => e.chain().focus().toggleBulletList().run(),
    on: (e) => e.isActive('bulletList'),
  },
  {
    name: 'orderedList',
    icon: IconListNumbers,
    run: (e) => e.chain().focus().toggleOrderedList().run(),
    on: (e) => e.isActive('orderedList'),
  },
  { name: 'undo', icon: IconArrowBackUp, run: (e) => e.chain().focus().undo().run(), can: (e) => e.can().undo() },
  { name: 'redo', icon: IconArrowForwardUp, run: (e) => e.chain().focus().redo().run(), can: (e) => e.can().redo() },
]

export function TextToolbar({ editor }: { readonly editor: Editor }) {
  const { t } = useTranslation('meeting')
  const bar = useRef<HTMLDivElement>(null)
  const [stop, setStop] = useState(0)
  const states = useEditorState({
    editor,
    selector: ({ editor: now }) => TOOLS.map((tool) => ({ on: tool.on?.(now), can: tool.can?.(now) ?? true })),
  })
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const next = (stop + by + TOOLS.length) % TOOLS.length
    setStop(next)
    bar.current?.querySelectorAll('button')[next]?.focus()
  }
  return (
    <div ref={bar} className={classes.toolbar} role="toolbar" aria-label={t('conclusions.tools')} onKeyDown={step}>
      {TOOLS.map(({ name, icon: Icon, run }, index) => {
        const { on, can } = states[index] ?? { on: false, can: true }
        return (
          <Tooltip key={name} label={t(`conclusions.tool.${name}`)}>
            <ActionIcon
              aria-label={t(`conclusions.tool.${name}`)}
              aria-pressed={on}
              {...(can ? {} : { 'aria-disabled': true, 'data-disabled': true })}
              tabIndex={index === stop ? 0 : -1}
              className={classes.tool ?? ''}
              onFocus={() => setStop(index)}
              // The text keeps its selection.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => run(editor)}
            >
              <Icon size="1.25rem" aria-hidden />
            </ActionIcon>
          </Tooltip>
        )
      })}
    </div>
  )
}
