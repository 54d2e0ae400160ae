// Keys that are whole only together with their issuer's: DSA without parameters.
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Certificate } from './certificate.ts'
import { bytesOf, type TestKey } from './cms.fixture.ts'
import { derBitString, derOid, derSequence } from './der.ts'
import { children, readElement } from './der-reader.ts'
import { holder } from './path.fixture.ts'
import { lacksParameters, linksOf, workingKey } from './working-key.ts'

const pair = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })
const whole = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }))
const keyBits = children(readElement(whole))[1]!.raw
/** The same key as a certificate with inherited parameters has it. */
const half = derSequence(derSequence(derOid('1.2.840.10040.4.1')), keyBits)
const other = derSequence(derSequence(derOid('1.3.101.112')), derBitString(bytesOf('x'.repeat(32))))

const keyOf = (spki: Uint8Array): TestKey => ({
  spki,
  algorithm: { kind: 'dsa', hash: 'sha256' },
  sign: () => Uint8Array.of(1),
})
const root = holder({ subject: 'CN=Root', key: keyOf(whole) })
const certificateOf = (subject: string, spki: Uint8Array): Certificate =>
  holder({ subject, key: keyOf(spki), issuer: root }).certificate

describe('a DSA key without parameters', () => {
  const incomplete = certificateOf('CN=A', half)

  it('takes those of the issuer', () => {
    expect(lacksParameters(incomplete)).toBe(true)
    expect(workingKey(incomplete, whole)).toEqual(whole)
  })

  it('stays incomplete under an issuer of another kind', () => {
    expect(workingKey(incomplete, other)).toBe(incomplete.spki)
  })

  it('takes them through the whole chain', () => {
    const chain = [certificateOf('CN=C', half), certificateOf('CN=B', half), certificateOf('CN=A', half)]
    const links = linksOf({ certificates: chain, anchor: { certificate: root.certificate } })
    expect(links.map(({ certificate }) => certificate)).toEqual(chain)
    expect(links.map(({ issuer }) => issuer)).toEqual([chain[1], chain[2], root.certificate])
    expect(links.map(({ issuerKey }) => issuerKey)).toEqual([whole, whole, whole])
  })
})

it('a whole key stands for itself, and so does one of another kind', () => {
  for (const spki of [whole, other]) {
    const certificate = certificateOf('CN=A', spki)
    expect(lacksParameters(certificate)).toBe(false)
    expect(workingKey(certificate, whole)).toBe(certificate.spki)
  }
})
