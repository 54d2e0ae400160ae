// Name constraints along a path (RFC 5280 §4.2.1.10, §6.1.3 b–c and §6.1.4 g).
import { bytesToHex } from '@noble/hashes/utils.js'
import { isSelfIssued, type Certificate } from './certificate.ts'
import { nameConstraints, subjectAltName, type NameConstraints } from './extensions.ts'
import type { GeneralName } from './general-names.ts'
import { ATTRIBUTE, attributeValues, isEmptyName, nameWithin } from './names.ts'

/** Names times constraints of one path: a real one has some dozen, a hostile one could keep us for minutes. */
const MAX_COMPARISONS = 1_000_000

/**
 * Whether every name of a path lies where the authorities above allow names.
 * @param path from the certificate below the trust anchor down to the target; all extensions readable
 * @param anchor whose own constraints count as well (RFC 5937)
 * @returns null, or the position in `path` of the first certificate with a name out of bounds
 */
export function nameConstraintFault(path: readonly Certificate[], anchor: Certificate): number | null {
  const constraints: NameConstraints[] = []
  let left = MAX_COMPARISONS
  const collect = (certificate: Certificate): void => {
    const own = nameConstraints(certificate)
    if (own !== null && own !== 'unreadable') constraints.push(own)
  }
  collect(anchor)
  for (const [index, certificate] of path.entries()) {
    const last = index === path.length - 1
    if (last || !isSelfIssued(certificate)) {
      const names = namesOf(certificate)
      for (const { permitted, excluded } of constraints) left -= names.length * (permitted.length + excluded.length)
      if (left < 0 || names.some((name) => !isAllowed(name, constraints))) return index
    }
    collect(certificate)
  }
  return null
}

/** Subject and alternative names; mail addresses in the subject count where there is none among the others. */
function namesOf(certificate: Certificate): readonly GeneralName[] {
  const alternative = subjectAltName(certificate)
  const names: GeneralName[] = alternative === null || alternative === 'unreadable' ? [] : [...alternative]
  if (!names.some((name) => name.kind === 'email')) {
    const addresses = attributeValues(certificate.subject, ATTRIBUTE.email)
    names.push(...addresses.map((text) => ({ kind: 'email', text }) as const))
  }
  if (!isEmptyName(certificate.subject)) names.push({ kind: 'directory', name: certificate.subject })
  return names
}

function isAllowed(name: GeneralName, constraints: readonly NameConstraints[]): boolean {
  return constraints.every(({ permitted, excluded }) => {
    const allowing = permitted.filter((base) => base.kind === name.kind)
    const inside = allowing.length === 0 || allowing.some((base) => matches(name, base) === 'inside')
    return inside && !excluded.some((base) => base.kind === name.kind && matches(name, base) !== 'outside')
  })
}

/** `unclear`: a form of name that we do not compare, or one that is malformed; it counts against the certificate both ways. */
type Match = 'inside' | 'outside' | 'unclear'

function matches(name: GeneralName, base: GeneralName): Match {
  if (name.kind === 'directory' && base.kind === 'directory') return verdict(nameWithin(name.name, base.name))
  if (name.kind === 'dns' && base.kind === 'dns') return verdict(isDomainWithin(name.text, base.text))
  if (name.kind === 'email' && base.kind === 'email') return matchMail(name.text, base.text)
  if (name.kind === 'uri' && base.kind === 'uri') return matchUri(name.text, base.text)
  if (name.kind === 'ip' && base.kind === 'ip') return matchAddress(name.bytes, base.bytes)
  return 'unclear'
}

const verdict = (inside: boolean): Match => (inside ? 'inside' : 'outside')

/** Labels are added on the left; an empty base is every domain. */
function isDomainWithin(domain: string, base: string): boolean {
  const [name, root] = [domain.toLowerCase(), base.toLowerCase()]
  if (root === '' || name === root) return true
  return name.endsWith(root.startsWith('.') ? root : `.${root}`)
}

/** A host, or with a dot in front the hosts below a domain, but not itself. */
function isHostWithin(host: string, base: string): boolean {
  const [name, root] = [host.toLowerCase(), base.toLowerCase()]
  return root.startsWith('.') ? name.endsWith(root) && name.length > root.length : name === root
}

function matchMail(address: string, base: string): Match {
  const at = address.lastIndexOf('@')
  if (at < 1) return 'unclear'
  const [local, host] = [address.slice(0, at), address.slice(at + 1)]
  const baseAt = base.lastIndexOf('@')
  if (baseAt < 0) return verdict(isHostWithin(host, base))
  return verdict(local === base.slice(0, baseAt) && host.toLowerCase() === base.slice(baseAt + 1).toLowerCase())
}

const URI_HOST = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:@[\]]*)(?::\d*)?(?:[/?#]|$)/i
const ADDRESS = /^\[|^[\d.]+$/

/** The constraint is on the host; without one, or with an address in its place, the name is out (§4.2.1.10). */
function matchUri(uri: string, base: string): Match {
  const host = URI_HOST.exec(uri)?.[1] ?? ''
  if (host === '' || ADDRESS.test(host)) return 'unclear'
  return verdict(isHostWithin(host, base))
}

/** The base is an address and a mask of its length. */
function matchAddress(address: Uint8Array, base: Uint8Array): Match {
  const size = base.length / 2
  if ((size !== 4 && size !== 16) || (address.length !== 4 && address.length !== 16)) return 'unclear'
  if (address.length !== size) return 'outside'
  const number = (bytes: Uint8Array): bigint => BigInt(`0x${bytesToHex(bytes)}`)
  return verdict(((number(address) ^ number(base.subarray(0, size))) & number(base.subarray(size))) === 0n)
}
