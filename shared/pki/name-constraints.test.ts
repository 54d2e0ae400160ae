// Name constraints: what an authority may name, for every kind of name.
import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { TestKey } from './cms.fixture.ts'
import { derContext, derContextPrimitive, derInteger, derOid, derSequence } from './der.ts'
import { EXTENSION } from './extensions.ts'
import { nameConstraintFault } from './name-constraints.ts'
import { ext, generalName, holder } from './path.fixture.ts'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key: TestKey = {
  spki: new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' })),
  algorithm: { kind: 'ecdsa', hash: 'sha256' },
  sign: (data) => new Uint8Array(sign('sha256', data, pair.privateKey)),
}

const subtrees = (number: number, bases: readonly Uint8Array[]) =>
  bases.length === 0 ? [] : [derContext(number, ...bases.map((base) => derSequence(base)))]
const constraints = (permitted: readonly Uint8Array[], excluded: readonly Uint8Array[] = []) =>
  ext(EXTENSION.nameConstraints, derSequence(...subtrees(0, permitted), ...subtrees(1, excluded)), true)
const alternative = (...names: readonly Uint8Array[]) => ext(EXTENSION.subjectAltName, derSequence(...names))

const anchor = holder({ subject: 'CN=CA', key })

/** Whether a certificate with this name passes below an authority with these constraints. */
function passes(
  name: Uint8Array | string,
  permitted: readonly Uint8Array[],
  excluded: readonly Uint8Array[] = [],
): boolean {
  const authority = holder({ subject: 'CN=S', key, issuer: anchor, extensions: [constraints(permitted, excluded)] })
  const plan = typeof name === 'string' ? { subject: name } : { subject: 'O=Xã,CN=A', extensions: [alternative(name)] }
  const target = holder({ ...plan, key, issuer: authority })
  return nameConstraintFault([authority.certificate, target.certificate], anchor.certificate) === null
}

const { dns, email, uri, ip, directory, other } = generalName

describe('a name is allowed', () => {
  it.each<[boolean, string, Uint8Array | string, Uint8Array]>([
    [true, 'the domain itself', dns('trami.gov.vn'), dns('trami.gov.vn')],
    [true, 'a domain below', dns('a.TRAMI.gov.vn'), dns('trami.gov.vn')],
    [false, 'a domain that only ends alike', dns('xtrami.gov.vn'), dns('trami.gov.vn')],
    [true, 'a domain below, written with a dot', dns('a.gov.vn'), dns('.gov.vn')],
    [true, 'any domain under an empty one', dns('a.vn'), dns('')],
    [true, 'a mail address', email('a@gov.vn'), email('a@GOV.vn')],
    [false, 'a mail address with another case in its local part', email('A@gov.vn'), email('a@gov.vn')],
    [true, 'a mail address of the host', email('b@gov.vn'), email('gov.vn')],
    [false, 'a mail address of a host below', email('b@a.gov.vn'), email('gov.vn')],
    [true, 'a mail address of a host below, written with a dot', email('b@a.gov.vn'), email('.gov.vn')],
    [false, 'a mail address of the domain itself, written with a dot', email('b@gov.vn'), email('.gov.vn')],
    [false, 'a mail address that is none', email('gov.vn'), email('gov.vn')],
    [false, 'a mail address in the subject', 'E=a@com.vn,CN=A', email('gov.vn')],
    [true, 'a mail address in the subject of the host', 'E=a@gov.vn,CN=A', email('gov.vn')],
    [true, 'a web address of the host', uri('https://u:p@gov.vn:8443/x?y#z'), uri('gov.vn')],
    [false, 'a web address of a host below', uri('https://a.gov.vn/'), uri('gov.vn')],
    [true, 'a web address of a host below, written with a dot', uri('https://a.gov.vn'), uri('.gov.vn')],
    [false, 'a web address whose user looks like the host', uri('https://gov.vn@com.vn/'), uri('gov.vn')],
    [false, 'a web address without a host', uri('urn:x:gov.vn'), uri('gov.vn')],
    [false, 'a web address with a number for a host', uri('https://127.0.0.1/'), uri('127.0.0.1')],
    [false, 'a web address with a long number for a host', uri('https://[::1]/'), uri('[::1]')],
    [true, 'an address of the net', ip(10, 1, 2, 3), ip(10, 1, 0, 0, 255, 255, 0, 0)],
    [false, 'an address of another net', ip(10, 2, 2, 3), ip(10, 1, 0, 0, 255, 255, 0, 0)],
    [false, 'a long address under a short net', ip(...Array.from({ length: 16 }, () => 0)), ip(0, 0, 0, 0, 0, 0, 0, 0)],
    [false, 'an address of three bytes', ip(10, 1, 2), ip(10, 1, 0, 0, 255, 255, 0, 0)],
    [false, 'an address under a net of odd length', ip(10, 1, 2, 3), ip(10, 1, 0, 0, 255)],
    [true, 'a directory name below', 'O=xã,CN=A', directory('O=Xã')],
    [false, 'a directory name elsewhere', 'O=Huyện,CN=A', directory('O=Xã')],
    [false, 'a kind of name that is not compared', other(), other()],
    [true, 'a name of a kind that is not limited', dns('a.vn'), email('gov.vn')],
  ])('%s: %s', (expected, _what, name, base) => {
    expect(passes(name, [base])).toBe(expected)
  })

  it('without any limit to the names of a certificate without a subject', () => {
    expect(passes('', [directory('O=Xã')])).toBe(true)
  })

  it('only outside of what is excluded, and a name that is unclear is inside', () => {
    expect([passes(dns('a.vn'), [], [dns('b.vn')]), passes(dns('a.b.vn'), [], [dns('b.vn')])]).toEqual([true, false])
    expect(passes(dns('a.b.vn'), [dns('b.vn')], [dns('a.b.vn')])).toBe(false)
    expect(passes(uri('urn:x'), [], [uri('b.vn')])).toBe(false)
    expect(passes(other(), [], [other()])).toBe(false)
  })

  it('only when every authority above allows it, the trust anchor among them', () => {
    const limited = holder({ subject: 'CN=CA', key, extensions: [constraints([dns('gov.vn')])] })
    const authority = holder({ subject: 'CN=S', key, issuer: limited, extensions: [constraints([dns('vn')])] })
    const at = (name: string) =>
      holder({ subject: 'CN=A', key, issuer: authority, extensions: [alternative(dns(name))] })
    const fault = (name: string) =>
      nameConstraintFault([authority.certificate, at(name).certificate], limited.certificate)
    expect([fault('a.gov.vn'), fault('a.com.vn')]).toEqual([null, 1])
  })

  it('with the names of changed keys left out, but not as a target', () => {
    const authority = holder({ subject: 'CN=S', key, issuer: anchor, extensions: [constraints([directory('O=Xã')])] })
    const renewed = holder({ subject: 'CN=S', key, issuer: authority, serial: 2 })
    const target = holder({ subject: 'O=Xã,CN=A', key, issuer: renewed })
    expect(
      nameConstraintFault(
        [authority, renewed, target].map((one) => one.certificate),
        anchor.certificate,
      ),
    ).toBeNull()
    expect(
      nameConstraintFault(
        [authority, renewed].map((one) => one.certificate),
        anchor.certificate,
      ),
    ).toBe(1)
  })

  it('is not found out by more comparisons than anyone needs', () => {
    const authorities = Array.from({ length: 2 }, (_, i) => i)
    let issuer = anchor
    const path = authorities.map((index) => {
      const bases = Array.from({ length: 1024 }, (_, i) => dns(`${i}.vn`))
      issuer = holder({ subject: `CN=${index}`, key, issuer, extensions: [constraints([], bases)] })
      return issuer.certificate
    })
    const names = Array.from({ length: 1000 }, () => dns('a.com'))
    const target = holder({ subject: 'CN=A', key, issuer, extensions: [alternative(...names)] })
    expect(nameConstraintFault([...path, target.certificate], anchor.certificate)).toBe(2)
    const few = holder({ subject: 'CN=A', key, issuer, extensions: [alternative(...names.slice(0, 100))] })
    expect(nameConstraintFault([...path, few.certificate], anchor.certificate)).toBeNull()
  })

  it('when constraints or names cannot be read it is for others to refuse', () => {
    const broken = ext(EXTENSION.nameConstraints, derInteger(1))
    const authority = holder({ subject: 'CN=S', key, issuer: anchor, extensions: [broken] })
    const unreadable = ext(EXTENSION.subjectAltName, derContextPrimitive(0, derOid('1.2')))
    const target = holder({ subject: 'CN=A', key, issuer: authority, extensions: [unreadable] })
    expect(nameConstraintFault([authority.certificate, target.certificate], anchor.certificate)).toBeNull()
  })
})
