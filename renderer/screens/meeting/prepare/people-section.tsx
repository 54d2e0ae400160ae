// Section "Thành phần": members of the body are in by their seat; invitees and stand-ins are added by name.
import { Button, Select, SegmentedControl } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingBoard, ParticipantView } from '../../../../shared/meeting/view.ts'
import { usePersonName } from '../../../components/person-name.tsx'
import { rollOrder } from '../logic/attendance.ts'
import { byName } from '../parts/name-filter.ts'
import { offerUndo } from '../parts/undo.tsx'
import { useAct } from '../parts/use-act.ts'
import { useChangeReason } from './change-reason.tsx'
import classes from './prepare.module.css'
import type { Candidates } from './use-candidates.ts'

interface PeopleSectionProps {
  readonly board: MeetingBoard
  readonly candidates: Candidates
}

export function PeopleSection({ board, candidates }: PeopleSectionProps) {
  const { t } = useTranslation(['prepare', 'common'])
  const nameOf = usePersonName()
  const act = useAct()
  const reasons = useChangeReason()
  const meetingId = board.meeting.id
  const roll = rollOrder(board.participants, nameOf)
  const seated = roll.filter((person) => person.capacity === 'member')
  const others = roll.filter((person) => person.capacity !== 'member')

  const remove = async ({ personId, capacity, inPlaceOf }: ParticipantView) => {
    const name = nameOf(personId)
    const given = await reasons.ask(t('people.removeAsk', { name }))
    if (given === null || !(await act('meeting.uninvite', { meetingId, personId, ...given }))) return
    if (capacity === 'member') return
    offerUndo(t('people.removed', { name }), () =>
      act('meeting.invite', { meetingId, personId, capacity, inPlaceOf, ...reasons.undoing(given) }),
    )
  }
  const row = (person: ParticipantView) => (
    <li key={person.personId} className={classes.person}>
      <span className={classes.personName}>{nameOf(person.personId)}</span>
      <span className={classes.personAbout}>
        {person.inPlaceOf === null
          ? candidates.titleOf(person.personId)
          : t('people.inPlaceOf', { name: nameOf(person.inPlaceOf) })}
      </span>
      {person.capacity !== 'member' && (
        <Button
          variant="subtle"
          color="danger"
          aria-label={t('people.removeNamed', { name: nameOf(person.personId) })}
          onClick={() => void remove(person)}
        >
          {t('people.remove')}
        </Button>
      )}
    </li>
  )
  return (
    <div>
      <h3 className={classes.subheading}>{t('people.members', { number: seated.length })}</h3>
      <p className={classes.help}>{t('people.membersHelp')}</p>
      <ul className={classes.personList} data-dense>
        {seated.map(row)}
      </ul>
      <h3 className={classes.subheading}>{t('people.others')}</h3>
      {others.length === 0 ? (
        <p className={classes.help}>{t('people.othersEmpty')}</p>
      ) : (
        <ul className={classes.personList}>{others.map(row)}</ul>
      )}
      <AddPerson key={roll.length} board={board} candidates={candidates} seated={seated} />
    </div>
  )
}

interface AddPersonProps extends PeopleSectionProps {
  readonly seated: readonly ParticipantView[]
}

function AddPerson({ board, candidates, seated }: AddPersonProps) {
  const { t } = useTranslation(['prepare', 'common'])
  const nameOf = usePersonName()
  const act = useAct()
  const reasons = useChangeReason()
  const [capacity, setCapacity] = useState<'invitee' | 'stand-in'>('invitee')
  const [personId, setPersonId] = useState<string | null>(null)
  const [inPlaceOf, setInPlaceOf] = useState<string | null>(null)
  const free = candidates.people.filter(({ value }) => board.participants[value] === undefined)
  const complete = personId !== null && (capacity === 'invitee' || inPlaceOf !== null)

  const add = async () => {
    if (personId === null) return
    const given = await reasons.ask(t('people.addAsk', { name: nameOf(personId) }))
    if (given === null) return
    const place = capacity === 'stand-in' ? inPlaceOf : null
    await act('meeting.invite', { meetingId: board.meeting.id, personId, capacity, inPlaceOf: place, ...given })
  }
  return (
    <form
      className={classes.addPerson}
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <SegmentedControl
        aria-label={t('people.capacity')}
        value={capacity}
        onChange={(value) => setCapacity(value === 'stand-in' ? 'stand-in' : 'invitee')}
        data={(['invitee', 'stand-in'] as const).map((value) => ({ value, label: t(`common:capacity.${value}`) }))}
        size="md"
      />
      <Select
        label={capacity === 'invitee' ? t('people.invitee') : t('people.standIn')}
        placeholder={t('people.search')}
        data={free.map(({ value, label }) => ({ value, label }))}
        value={personId}
        onChange={setPersonId}
        searchable
        filter={byName}
        nothingFoundMessage={t('people.nobody')}
      />
      {capacity === 'stand-in' && (
        <Select
          label={t('people.standInFor')}
          placeholder={t('people.search')}
          data={seated.map((person) => ({ value: person.personId, label: nameOf(person.personId) }))}
          value={inPlaceOf}
          onChange={setInPlaceOf}
          searchable
          filter={byName}
          nothingFoundMessage={t('people.nobody')}
        />
      )}
      <Button
        type="submit"
        variant="light"
        leftSection={<IconUserPlus size="1.25rem" aria-hidden />}
        disabled={!complete}
      >
        {t('people.add')}
      </Button>
      {capacity === 'stand-in' && <p className={classes.help}>{t('people.standInHelp')}</p>}
    </form>
  )
}
