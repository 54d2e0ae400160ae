// The fields of a meeting's frame: one column, labels above, help below, errors as sentences beside the field.
import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import { DateInput, TimePicker } from '@mantine/dates'
import { Controller, useWatch, type Control } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { MEETING_KINDS } from '../../../../shared/meeting/acts.ts'
import { RULE_SETS } from '../../../../shared/meeting/rule-sets.ts'
import { parseDay } from '../logic/when.ts'
import { byName } from '../parts/name-filter.ts'
import { useRuleWords } from '../vote/rule-words.ts'
import type { FrameValues } from './frame-values.ts'
import classes from './prepare.module.css'
import type { Candidates } from './use-candidates.ts'

interface FieldsProps {
  readonly control: Control<FrameValues>
  readonly candidates: Candidates
  /** Body and rule set are fixed when the meeting is created: who votes by which rule must not move under people. */
  readonly isNew: boolean
}

export function FrameFields({ control, candidates, isNew }: FieldsProps) {
  const { t } = useTranslation(['prepare', 'common'])
  const ruleWords = useRuleWords()
  const bodyId = useWatch({ control, name: 'bodyId' })
  const ruleSetId = useWatch({ control, name: 'ruleSetId' })
  const rules = RULE_SETS.find((set) => set.id === ruleSetId)
  const people = [...candidates.people]
  return (
    <div className={classes.fields}>
      <Controller
        control={control}
        name="title"
        render={({ field, fieldState }) => (
          <TextInput
            {...field}
            label={t('frame.title')}
            error={fieldState.error && t('errors.title')}
            maxLength={500}
            autoFocus={isNew}
          />
        )}
      />
      {isNew && candidates.bodies.length > 1 && (
        <Controller
          control={control}
          name="bodyId"
          render={({ field, fieldState }) => (
            <Select
              {...field}
              label={t('frame.body')}
              data={[...candidates.bodies]}
              error={fieldState.error && t('errors.body')}
            />
          )}
        />
      )}
      <Controller
        control={control}
        name="kind"
        render={({ field }) => (
          <Select
            {...field}
            label={t('frame.kind')}
            data={MEETING_KINDS.map((kind) => ({ value: kind, label: t(`common:meetingKind.${kind}`) }))}
          />
        )}
      />
      <div className={classes.beside}>
        <Controller
          control={control}
          name="day"
          render={({ field, fieldState }) => (
            <DateInput
              size="md"
              {...field}
              value={field.value === '' ? null : field.value}
              onChange={(day) => field.onChange(day ?? '')}
              label={t('frame.day')}
              locale="vi"
              firstDayOfWeek={1}
              weekendDays={[]}
              popoverProps={{ withinPortal: false }}
              valueFormat="DD/MM/YYYY"
              dateParser={parseDay}
              ariaLabels={{
                nextMonth: t('frame.nextMonth'),
                previousMonth: t('frame.previousMonth'),
                nextYear: t('frame.nextYear'),
                previousYear: t('frame.previousYear'),
              }}
              error={fieldState.error && t('errors.day')}
            />
          )}
        />
        <Controller
          control={control}
          name="time"
          render={({ field, fieldState }) => (
            <TimePicker
              size="md"
              {...field}
              label={t('frame.time')}
              hoursInputLabel={t('frame.hours')}
              minutesInputLabel={t('frame.minutesOfHour')}
              error={fieldState.error && t('errors.time')}
            />
          )}
        />
        <Controller
          control={control}
          name="plannedMinutes"
          render={({ field, fieldState }) => (
            <NumberInput
              hideControls
              size="md"
              {...field}
              onChange={(value) => field.onChange(typeof value === 'number' ? value : Number.NaN)}
              value={Number.isNaN(field.value) ? '' : field.value}
              label={t('frame.plannedMinutes')}
              suffix={t('frame.minutesSuffix')}
              min={5}
              max={10_080}
              step={15}
              allowDecimal={false}
              error={fieldState.error && t('errors.plannedMinutes')}
            />
          )}
        />
      </div>
      <Controller
        control={control}
        name="room"
        render={({ field, fieldState }) => (
          <TextInput {...field} label={t('frame.room')} error={fieldState.error && t('errors.room')} maxLength={200} />
        )}
      />
      <Controller
        control={control}
        name="chairId"
        render={({ field, fieldState }) => (
          <Select
            {...field}
            label={t('frame.chair')}
            description={t('frame.chairHelp')}
            data={[...candidates.members(bodyId)]}
            searchable
            filter={byName}
            nothingFoundMessage={t('people.nobody')}
            error={fieldState.error && t('errors.chair')}
          />
        )}
      />
      <Controller
        control={control}
        name="secretaryIds"
        render={({ field, fieldState }) => (
          <MultiSelect
            {...field}
            label={t('frame.secretaries')}
            description={t('frame.secretariesHelp')}
            data={people}
            searchable
            filter={byName}
            maxValues={10}
            size="md"
            hidePickedOptions
            classNames={{ pill: classes.pill ?? '' }}
            nothingFoundMessage={t('people.nobody')}
            error={fieldState.error && t('errors.secretaries')}
          />
        )}
      />
      {isNew ? (
        <Controller
          control={control}
          name="ruleSetId"
          render={({ field }) => (
            <Select
              {...field}
              label={t('frame.ruleSet')}
              description={rules === undefined ? undefined : ruleWords.sentence(rules)}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              data={RULE_SETS.map((set) => ({ value: set.id, label: ruleWords.name(set) }))}
            />
          )}
        />
      ) : (
        <dl className={classes.fixed}>
          <dt>{t('frame.body')}</dt>
          <dd>{candidates.bodyName(bodyId)}</dd>
          <dt>{t('frame.ruleSet')}</dt>
          <dd>{rules === undefined ? ruleSetId : `${ruleWords.name(rules)}. ${ruleWords.sentence(rules)}`}</dd>
        </dl>
      )}
    </div>
  )
}
