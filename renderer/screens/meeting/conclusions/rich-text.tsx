// The rich text itself: Tiptap on the shared document; its own history is off, because undo must only take back what this person wrote.
import Collaboration from '@tiptap/extension-collaboration'
import { EditorContent, useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type * as Y from 'yjs'
import { TEXT_ROOT } from '../../../../shared/hub/rooms.ts'
import classes from './conclusions.module.css'
import { TextToolbar } from './text-toolbar.tsx'

interface RichTextProps {
  readonly doc: Y.Doc
  readonly mayWrite: boolean
}

export function RichText({ doc, mayWrite }: RichTextProps) {
  const { t } = useTranslation('meeting')
  const label = t('conclusions.heading')
  const editor = useEditor(
    {
      extensions: [
        // Links, code and quotes have no place in conclusions; the shared document brings its own undo.
        StarterKit.configure({
          undoRedo: false,
          link: false,
          code: false,
          codeBlock: false,
          blockquote: false,
          horizontalRule: false,
          heading: { levels: [2, 3] },
        }),
        Collaboration.configure({ document: doc, field: TEXT_ROOT }),
      ],
      editable: mayWrite,
      // The page's policy takes no style that was put in by a script; the styles stand in the module.
      injectCSS: false,
      editorProps: {
        attributes: { class: classes.text ?? '', role: 'textbox', 'aria-multiline': 'true', 'aria-label': label },
      },
    },
    [doc],
  )
  useEffect(() => {
    editor.setEditable(mayWrite, false)
  }, [editor, mayWrite])
  useEffect(() => {
    editor.view.dom.setAttribute('aria-readonly', String(!mayWrite))
    // A text that cannot be typed in is still reached by Tab and scrolled by keys.
    editor.view.dom.setAttribute('tabindex', '0')
  }, [editor, mayWrite])
  return (
    <div className={classes.paper}>
      {mayWrite && <TextToolbar editor={editor} />}
      <EditorContent editor={editor} className={classes.scroll} />
    </div>
  )
}
