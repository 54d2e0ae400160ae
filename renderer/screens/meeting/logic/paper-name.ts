// From the name of a file to the name of a paper, as it will stand on the agenda; and sizes as people read them.

import { formatNumber } from '../../../../shared/text/dates.ts'

const LONGEST = 200

/** `To_trinh-so 12.pdf` → `To trinh-so 12`: composed letters (a Mac sends them apart), no extension, no underscores. */
export function paperName(fileName: string): string {
  const name = fileName
    .normalize('NFC')
    .replace(/\.pdf$/i, '')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .slice(0, LONGEST)
  return name === '' ? fileName.slice(0, LONGEST) : name
}

/** `340 kB`, `1,2 MB`, in steps of a thousand as file managers show them. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`
  return `${formatNumber(bytes / 1_000_000, 1)} MB`
}
