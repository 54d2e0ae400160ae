// Certificate policies along a path, where PKITS does not reach.
import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { TestKey } from './cms.fixture.ts'
import { derContextPrimitive, derInteger, derSequence } from './der.ts'
import { EXTENSION } from './extensions.ts'
import { ext, holder, mappingsExt, policiesExt } from './path.fixture.ts'
import { ANY_POLICY, policyFault } from './policies.ts'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key: TestKey = {
  spki: new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' })),
  algorithm: { kind: 'ecdsa', hash: 'sha256' },
  sign: (data) => new Uint8Array(sign('sha256', data, pair.privateKey)),
}

/** Certificates from the top down, each by its extensions. */
function path(...steps: readonly (readonly Uint8Array[])[]) {
  let issuer = holder({ subject: 'CN=0', key })
  return steps.map((extensions, index) => {
    issuer = holder({ subject: `CN=${index + 1}`, key, issuer, ...(extensions.length > 0 && { extensions }) })
    return issuer.certificate
  })
}

const A = '1.2.3.1'
const B = '1.2.3.2'
const C = '1.2.3.3'
const wants = (...initial: readonly string[]) => ({ initial, explicit: true, inhibitMapping: false, inhibitAny: false })
const demands = (count: number) =>
  ext(EXTENSION.policyConstraints, derSequence(derContextPrimitive(0, Uint8Array.of(count))))

describe('policies', () => {
  it('are nobody’s concern unless someone asks', () => {
    expect(policyFault(path([], []))).toBeNull()
    expect(policyFault(path([], []), wants())).toBe(1)
  })

  it('are asked for by the target itself only with a demand that takes effect at once', () => {
    expect(policyFault(path([], [demands(0)]))).toBe(1)
    expect(policyFault(path([], [demands(1)]))).toBeNull()
    expect(policyFault(path([demands(0)], []))).toBe(1)
  })

  it('that an authority has under any policy are mapped for those below', () => {
    const steps = path([policiesExt(ANY_POLICY), mappingsExt([A, B])], [policiesExt(B)])
    expect(policyFault(steps, wants(A))).toBeNull()
    expect(policyFault(steps, wants(B))).toBe(1)
  })

  it('that an authority never had are not mapped', () => {
    expect(policyFault(path([policiesExt(C), mappingsExt([A, B])], [policiesExt(B)]), wants(A))).toBe(1)
  })

  it('are mapped to several, and each counts in the terms of the user', () => {
    const steps = path([policiesExt(A), mappingsExt([A, B], [A, C])], [policiesExt(C)])
    expect(policyFault(steps, wants(A))).toBeNull()
    expect(policyFault(steps, wants(C))).toBe(1)
  })

  it('that two others are mapped to have two roots', () => {
    const steps = path([policiesExt(A, B), mappingsExt([A, C], [B, C])], [policiesExt(C)])
    expect([policyFault(steps, wants(A)), policyFault(steps, wants(B)), policyFault(steps, wants(C))]).toEqual([
      null,
      null,
      1,
    ])
  })

  it('are never mapped from or to any policy', () => {
    expect(policyFault(path([policiesExt(A), mappingsExt([ANY_POLICY, B])], [policiesExt(B)]))).toBe(0)
    expect(policyFault(path([policiesExt(A), mappingsExt([A, ANY_POLICY])], [policiesExt(B)]))).toBe(0)
  })

  it('end where mapping is inhibited', () => {
    const steps = path([policiesExt(A, B), mappingsExt([A, C])], [policiesExt(B)])
    expect(policyFault(steps, { ...wants(B), inhibitMapping: true })).toBeNull()
    expect(policyFault(steps, { ...wants(A), inhibitMapping: true })).toBe(1)
    const alone = path([policiesExt(A), mappingsExt([A, C])], [policiesExt(C)])
    expect(policyFault(alone, { ...wants(), inhibitMapping: true })).toBe(1)
  })

  it('of every kind are fine for a user who names any policy', () => {
    expect(policyFault(path([policiesExt(A)], [policiesExt(A)]), wants(ANY_POLICY))).toBeNull()
  })

  it('may be any to the end, but not where that is inhibited', () => {
    const steps = path([policiesExt(ANY_POLICY)], [policiesExt(ANY_POLICY)])
    expect(policyFault(steps, wants(A))).toBeNull()
    expect(policyFault(steps, { ...wants(A), inhibitAny: true })).toBe(1)
    const limited = path(
      [policiesExt(ANY_POLICY), ext(EXTENSION.inhibitAnyPolicy, derInteger(0))],
      [policiesExt(ANY_POLICY)],
    )
    expect(policyFault(limited, wants(A))).toBe(1)
  })

  it('that are named beside any policy stand for themselves', () => {
    const steps = path([policiesExt(A, B)], [policiesExt(A, ANY_POLICY)])
    expect([policyFault(steps, wants(A)), policyFault(steps, wants(B)), policyFault(steps, wants(C))]).toEqual([
      null,
      null,
      1,
    ])
  })

  it('that cannot be read are none', () => {
    expect(policyFault(path([policiesExt(A)], [ext(EXTENSION.certificatePolicies, derSequence())]), wants())).toBe(1)
  })

  it('mapped by the hundred at every step cost no more than their number (RFC 9618)', () => {
    const many = Array.from({ length: 100 }, (_, i) => `1.2.9.${i}`)
    const all = many.flatMap((from) =>
      [0, 1, 2].map((shift) => [from, many[(many.indexOf(from) + shift) % 100]!] as const),
    )
    const step = [policiesExt(...many), mappingsExt(...all)]
    expect(
      policyFault(path(...Array.from({ length: 12 }, () => step), [policiesExt(...many)]), wants(many[5]!)),
    ).toBeNull()
  })
})
