// Turns a name that a page proposes into one that every file system takes and that stays inside the folder it is put in.

const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i
const LONGEST_BYTES = 200

/** @returns never empty, without separators, control or direction characters, at most 200 bytes of UTF-8, its extension kept */
export function safeFileName(proposed: string): string {
  const cleaned = proposed
    .normalize('NFC')
    // Direction marks can make "gpj.exe" read as "exe.jpg".
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const named = cleaned === '' || RESERVED.test(cleaned) ? `_${cleaned}` : cleaned
  return shorten(named)
}

function shorten(name: string): string {
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 && name.length - dot <= 10 ? name.slice(dot) : ''
  // By code points: a name is cut between letters, never inside one.
  const stem = Array.from(extension === '' ? name : name.slice(0, dot))
  while (new TextEncoder().encode(stem.join('') + extension).byteLength > LONGEST_BYTES) stem.pop()
  return stem.join('') + extension
}
