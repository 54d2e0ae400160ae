// The one door through which an address leaves for the system's browser.

const LONGEST = 2048

/**
 * Opens `https:` addresses only; every other scheme can start a program of the system.
 * @param open the shell's own way out, given the normalised address
 * @returns whether the address was handed over
 */
export async function openLink(value: unknown, open: (url: string) => Promise<void>): Promise<boolean> {
  if (typeof value !== 'string' || value.length > LONGEST || !URL.canParse(value)) return false
  const url = new URL(value)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false
  await open(url.href)
  return true
}
