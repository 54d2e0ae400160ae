// Title, presenter and minutes of one item in a row: Enter saves, Escape leaves. Without an item it is the line for the next one.
import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { usePersonName } from '../../../components/person-name.tsx'
import { byGivenName } from '../logic/attendance.ts'
import { byName } from '../parts/name-filter.ts'
import classes from './prepare.module.css'
import type { ItemWords } from './use-agenda-acts.ts'

const MOST_MINUTES = 24 * 60
const FIRST_MINUTES = 15

interface ItemFormProps {
  readonly board: MeetingBoard
  /** Null for a new item. */
  readonly words: ItemWords | null
  /** The first field asks for the focus: the row was just opened, or an item was just added and the next is typed at once. */
  readonly focus: boolean
  readonly onSave: (words: ItemWords) => Promise<boolean>
  readonly onLeave?: () => void
}

export function ItemForm({ board, words, focus, onSave, onLeave }: ItemFormProps) {
  const { t } = useTranslation('prepare')
  const nameOf = usePersonName()
  const [title, setTitle] = useState(words?.title ?? '')
  const [presenterId, setPresenterId] = useState(words?.presenterId ?? null)
  const [minutes, setMinutes] = useState<number | string>(words?.minutes ?? FIRST_MINUTES)
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const titleField = useRef<HTMLInputElement>(null)
  const isNew = words === null
  const ids = [...new Set([...Object.keys(board.participants), ...board.meeting.secretaryIds])]
  const presenters = ids.map((value) => ({ value, label: nameOf(value) })).sort((a, b) => byGivenName(a.label, b.label))

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (title.trim() === '') {
      setMissing(true)
      return
    }
    const typed = { title: title.trim(), presenterId, minutes: Number(minutes) }
    if (isNew) {
      // The line is free at once: a fast typist writes the next item while this one is on its way.
      setTitle('')
      setPresenterId(null)
      titleField.current?.focus()
      if (!(await onSave(typed))) setTitle((next) => (next === '' ? typed.title : next))
      return
    }
    setBusy(true)
    const done = await onSave(typed)
    setBusy(false)
    if (done) onLeave?.()
  }
  const leaveOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onLeave?.()
  }
  return (
    <form className={classes.itemForm} onSubmit={(event) => void submit(event)} onKeyDown={leaveOnEscape} noValidate>
      <TextInput
        ref={titleField}
        className={classes.itemTitle}
        label={isNew ? t('agenda.newTitle') : t('agenda.title')}
        value={title}
        maxLength={500}
        error={missing && t('errors.itemTitle')}
        onChange={(event) => {
          setTitle(event.currentTarget.value)
          setMissing(false)
        }}
        autoFocus={focus}
      />
      <Select
        label={t('agenda.presenter')}
        placeholder={t('agenda.nobodyYet')}
        data={presenters}
        value={presenterId}
        onChange={setPresenterId}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('agenda.clearPresenter') }}
        filter={byName}
        nothingFoundMessage={t('people.nobody')}
      />
      <NumberInput
        hideControls
        size="md"
        label={t('agenda.minutes')}
        value={minutes}
        onChange={setMinutes}
        min={0}
        max={MOST_MINUTES}
        step={5}
        allowDecimal={false}
        allowNegative={false}
      />
      <div className={classes.itemButtons}>
        <Button type="submit" loading={busy} variant={isNew ? 'light' : 'filled'}>
          {isNew ? t('agenda.add') : t('agenda.save')}
        </Button>
        {onLeave !== undefined && (
          <Button variant="default" onClick={onLeave}>
            {t('agenda.leave')}
          </Button>
        )}
      </div>
    </form>
  )
}
