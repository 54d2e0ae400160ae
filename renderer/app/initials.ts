// Two letters for a person: a Vietnamese is called by the last word of the name, so that letter is always one of them.

/** "Nguyễn Hồng Vương" → "HV"; "Oanh" → "O"; nothing for an empty name. */
export function initialsOf(name: string): string {
  const words = name.normalize('NFC').trim().split(/\s+/).filter(Boolean)
  return words
    .slice(-2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0).toLocaleUpperCase('vi'))
    .join('')
}
