// The table of contents of a paper; an entry leads to its place.
import { UnstyledButton } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readOutline, targetOf, type OutlineEntry, type OutlineTarget, type RawOutline } from './outline.ts'
import type { Paper } from './pdfjs.ts'
import classes from './side-panel.module.css'

type OutlinePanelProps = { readonly paper: Paper; readonly onChoose: (target: OutlineTarget) => void }

export function OutlinePanel({ paper, onChoose }: OutlinePanelProps) {
  const { t } = useTranslation('reader')
  const [entries, setEntries] = useState<readonly OutlineEntry[] | null>(null)
  useEffect(() => {
    let left = false
    const show = (raw: RawOutline): void => {
      if (!left) setEntries(readOutline(raw))
    }
    paper.document.getOutline().then(
      (raw) => show((raw as RawOutline | null) ?? []),
      () => show([]),
    )
    return () => {
      left = true
    }
  }, [paper])

  const choose = (entry: OutlineEntry): void => {
    void targetOf(paper.document, entry.destination).then((target) => {
      if (target !== null) onChoose(target)
    })
  }
  if (entries?.length === 0) return <p className={classes.none}>{t('outline.none')}</p>
  return (
    <div className={classes.list} data-reader-outline>
      <Entries entries={entries ?? []} onChoose={choose} />
    </div>
  )
}

function Entries({
  entries,
  onChoose,
}: {
  readonly entries: readonly OutlineEntry[]
  readonly onChoose: (entry: OutlineEntry) => void
}) {
  if (entries.length === 0) return null
  return (
    <ul className={classes.entries}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <UnstyledButton className={classes.entry} onClick={() => onChoose(entry)}>
            {entry.title}
          </UnstyledButton>
          <Entries entries={entry.children} onChoose={onChoose} />
        </li>
      ))}
    </ul>
  )
}
