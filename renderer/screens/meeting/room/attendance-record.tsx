// Who took part, group by group, as the record of the session will say it.
import { useTranslation } from 'react-i18next'
import type { MeetingBoard, ParticipantView } from '../../../../shared/meeting/view.ts'
import { usePersonName } from '../../../components/person-name.tsx'
import { members, rollOrder } from '../logic/attendance.ts'
import classes from './invitation.module.css'

const GROUPS: readonly ParticipantView['presence'][] = ['present', 'left', 'excused', 'unexcused', 'none']

export function AttendanceRecord({ board }: { readonly board: MeetingBoard }) {
  const { t } = useTranslation(['meeting', 'common'])
  const nameOf = usePersonName()
  const roll = rollOrder(board.participants, nameOf)
  const seats = members(board.participants)
  return (
    <section className={classes.attendance}>
      <p>
        {t('record.members', {
          present: seats.filter(({ presence }) => presence === 'present' || presence === 'left').length,
          members: seats.length,
        })}
      </p>
      <dl>
        {GROUPS.map((presence) => {
          const people = roll.filter((person) => person.presence === presence)
          if (people.length === 0) return null
          return (
            <div key={presence}>
              <dt>{t('record.group', { name: t(`common:presence.${presence}`), number: people.length })}</dt>
              <dd>
                {people
                  .map((person) =>
                    person.capacity === 'member'
                      ? nameOf(person.personId)
                      : `${nameOf(person.personId)} (${t(`common:capacity.${person.capacity}`).toLowerCase()})`,
                  )
                  .join(', ')}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
