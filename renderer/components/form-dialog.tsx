// A small form in a dialog: labels above, help below, each error beside its field in a sentence; the button repeats what will be done.
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { parseDay } from '../screens/meeting/logic/when.ts'

interface FieldBase<K extends string> {
  readonly name: K
  readonly label: string
  readonly help?: string
  /** Left empty, the value is ''. */
  readonly optional?: boolean
}
export type Field<K extends string> =
  | (FieldBase<K> & {
      readonly kind: 'text'
      readonly maxLength: number
      readonly pattern?: { readonly regex: RegExp; readonly message: string }
    })
  | (FieldBase<K> & {
      readonly kind: 'choice'
      readonly options: readonly { readonly value: string; readonly label: string }[]
    })
  /** Value `YYYY-MM-DD`. */
  | (FieldBase<K> & { readonly kind: 'day'; readonly earliest?: string })

export type Values<K extends string> = Readonly<Record<K, string>>

export interface FormDialogProps<K extends string> {
  readonly title: string
  /** What will happen, when it is more than the title says. */
  readonly consequence?: string | ((values: Values<K>) => string)
  readonly verb: string
  readonly danger?: boolean
  readonly fields: readonly Field<K>[]
  readonly initial: Values<K>
  /** @returns true when it was done: the dialog closes; otherwise what was typed stays */
  readonly submit: (values: Values<K>) => Promise<boolean>
  readonly onClose: () => void
}

/** What is wrong with a value; null when nothing is. */
function faultOf<K extends string>(field: Field<K>, value: string, required: string): string | null {
  const text = value.trim()
  if (text === '') return field.optional === true ? null : required
  if (field.kind === 'text' && field.pattern !== undefined && !field.pattern.regex.test(text))
    return field.pattern.message
  return null
}

export function FormDialog<K extends string>(props: FormDialogProps<K>) {
  const { title, consequence, verb, danger = false, fields, initial, submit, onClose } = props
  const { t } = useTranslation()
  const [values, setValues] = useState(initial)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const faults = new Map(fields.map((field) => [field.name, faultOf(field, values[field.name], t('required'))]))
  const send = async () => {
    setTried(true)
    if ([...faults.values()].some((fault) => fault !== null)) return
    setBusy(true)
    try {
      const trimmed = Object.fromEntries(fields.map(({ name }) => [name, values[name].trim()])) as Values<K>
      if (await submit(trimmed)) onClose()
    } finally {
      setBusy(false)
    }
  }
  const words = typeof consequence === 'function' ? consequence(values) : consequence
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        noValidate
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault()
          void send()
        }}
      >
        <Stack gap="md">
          {words !== undefined && <Text>{words}</Text>}
          {fields.map((field, index) => (
            <FieldInput
              key={field.name}
              field={field}
              value={values[field.name]}
              error={tried ? (faults.get(field.name) ?? null) : null}
              first={index === 0}
              onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
            />
          ))}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} color={danger ? 'danger' : 'forest'}>
              {verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface FieldInputProps<K extends string> {
  readonly field: Field<K>
  readonly value: string
  readonly error: string | null
  readonly first: boolean
  readonly onChange: (value: string) => void
}

function FieldInput<K extends string>({ field, value, error, first, onChange }: FieldInputProps<K>) {
  const { t } = useTranslation()
  const { t: calendar } = useTranslation('prepare')
  const common = {
    label: field.label,
    description: field.help,
    error,
    // A day that has the focus opens its calendar, which would lie over the buttons before anyone asked for it.
    ...(first && field.kind !== 'day' ? { 'data-autofocus': true } : {}),
  }
  switch (field.kind) {
    case 'text':
      return (
        <TextInput
          {...common}
          value={value}
          maxLength={field.maxLength}
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'choice':
      return (
        <Select
          {...common}
          value={value === '' ? null : value}
          data={field.options}
          searchable={field.options.length > 8}
          clearable={field.optional === true}
          allowDeselect={field.optional === true}
          clearButtonProps={{ 'aria-label': t('clear') }}
          onChange={(next) => onChange(next ?? '')}
        />
      )
    case 'day':
      return (
        <DateInput
          {...common}
          value={value === '' ? null : value}
          valueFormat="DD/MM/YYYY"
          placeholder={t('dayPlaceholder')}
          // The picker's own reading takes 05/03 for the third of May.
          dateParser={parseDay}
          ariaLabels={{
            nextMonth: calendar('frame.nextMonth'),
            previousMonth: calendar('frame.previousMonth'),
            monthLevelControl: calendar('frame.chooseMonth'),
            nextYear: calendar('frame.nextYear'),
            previousYear: calendar('frame.previousYear'),
            yearLevelControl: calendar('frame.chooseYear'),
          }}
          {...(field.earliest === undefined ? {} : { minDate: field.earliest })}
          onChange={(next) => onChange(next ?? '')}
        />
      )
  }
}
