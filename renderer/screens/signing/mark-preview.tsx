// What will stand in the mark: the picture, or the lines of the role, as large as the file will show them.
import { useTranslation } from 'react-i18next'
import type { SigningRole } from '../../../shared/pdf/sign/roles.ts'
import { vietnamTime } from '../../../shared/pdf/sign/time.ts'
import type { Box } from './place.ts'
import classes from './signing.module.css'

export interface PreviewFacts {
  readonly role: SigningRole
  readonly pictureUrl: string | null
  /** Of the certificate; null while none is chosen. */
  readonly name: string | null
  readonly organization: string | null
  readonly number: string
  readonly copyForm: string
  /** ms since 1970: about when it will be signed. */
  readonly now: number
}

/** Points, as the roles are written. */
const SIZE = 10
const LINE = 1.2

export function MarkPreview({
  facts,
  box,
  scale,
}: {
  readonly facts: PreviewFacts
  readonly box: Box
  readonly scale: number
}) {
  const { t } = useTranslation('signing')
  const { role, pictureUrl } = facts
  if (pictureUrl !== null) return <img src={pictureUrl} alt="" className={classes.markPicture} draggable={false} />
  if (role === 'personal' || role === 'agency') return <span className={classes.markEmpty}>{t('mark.noPicture')}</span>
  const lines = linesOf(facts, t('mark.nobody'))
  const longest = Math.max(...lines.map(({ length }) => length), 1)
  // About half an em a letter: the writer measures exactly and also draws smaller what does not fit.
  const size = Math.min(SIZE, (box.width - 2) / (longest * 0.5), (box.height - 2) / (lines.length * LINE))
  return (
    <span className={classes.markText} data-role={role} style={{ fontSize: size * scale, lineHeight: LINE }}>
      {lines.map((line, index) => (
        <span key={index}>{line}</span>
      ))}
    </span>
  )
}

function linesOf({ role, name, organization, number, copyForm, now }: PreviewFacts, nobody: string): readonly string[] {
  const who = name ?? nobody
  switch (role) {
    case 'annex':
      return [number, vietnamTime(now)].filter((line) => line !== '')
    case 'copy':
      return [copyForm, organization ?? who, vietnamTime(now)]
    case 'initials':
      return [who]
    case 'plain':
      return [who, vietnamTime(now)]
    case 'personal':
    case 'agency':
      return []
  }
}
