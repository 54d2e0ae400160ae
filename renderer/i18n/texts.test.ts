// The texts are complete in both languages, every code and act has its sentence, and Vietnamese screens hold no foreign or technical words.
import { describe, expect, it } from 'vitest'
import { ACTS } from '../../shared/domain.ts'
import { REFUSAL_CODES } from '../../shared/refusal.ts'
import { en, vi } from './resources.ts'

interface Texts {
  readonly [key: string]: string | Texts
}

function flat(texts: Texts, prefix = ''): readonly (readonly [key: string, text: string])[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as const] : flat(value, `${prefix}${key}.`),
  )
}

/** Vietnamese has one plural form, English two: `x_one` belongs to `x_other`. */
const withoutPlural = (key: string) => key.replace(/_(?:one|other|zero|two|few|many)$/, '')
const keysOf = (texts: Texts) => [...new Set(flat(texts).map(([key]) => withoutPlural(key)))].sort()
const placeholdersOf = (text: string) => [...text.matchAll(/{{\s*([\w.]+)/g)].map((match) => match[1]).sort()

const namespaces = Object.keys(vi) as (keyof typeof vi)[]

describe.each(namespaces)('%s', (namespace) => {
  it('has the same keys in both languages', () => {
    expect(keysOf(en[namespace])).toEqual(keysOf(vi[namespace]))
  })

  it('fills in the same values in both languages', () => {
    const english = new Map(flat(en[namespace]))
    for (const [key, text] of flat(vi[namespace])) {
      expect(placeholdersOf(english.get(key) ?? ''), key).toEqual(placeholdersOf(text))
    }
  })

  it('is silent in both languages or in neither', () => {
    const english = new Map(flat(en[namespace]))
    for (const [key, text] of flat(vi[namespace])) expect(english.get(key)?.trim() === '', key).toBe(text.trim() === '')
  })

  it('is written in composed letters', () => {
    for (const [key, text] of [...flat(vi[namespace]), ...flat(en[namespace])]) {
      expect(text, key).toBe(text.normalize('NFC'))
    }
  })
})

describe.each([
  ['vi', vi],
  ['en', en],
] as const)('in %s', (_language, texts) => {
  it('every refusal has a sentence', () => {
    expect(Object.keys(texts.refusals).sort()).toEqual([...REFUSAL_CODES].sort())
    for (const [code, sentence] of Object.entries(texts.refusals)) expect(sentence, code).toMatch(/\.$/)
  })

  it('every act has its words', () => {
    expect(
      flat(texts.acts)
        .map(([key]) => key)
        .sort(),
    ).toEqual(Object.keys(ACTS).sort())
  })
})

/** Words of programmers and of English that a clerk in a commune need not know. */
const FOREIGN =
  /\b(?:server|hub|client|offline|online|sync|token|session|login|log ?in|log ?out|user(?:name)?|password|admin|account|file|upload|download|click|button|cache|error|failed|null|undefined|api|http|json|hash|id|uuid|device|meeting|vote|draft|update|reset|email|web|app|link|code|data|database|ledger|stream|loading|ok|cancel|submit)\b/i

/** Names of keys on the keyboard, of file kinds and of the language itself are written as everyone writes them. */
const ALLOWED = /\b(?:Enter|Caps Lock|Ctrl|PDF|English|Esc|Delete|Shift|Home|End|Tab|Alt)\b/g

it('Vietnamese screens speak Vietnamese', () => {
  for (const namespace of namespaces) {
    for (const [key, text] of flat(vi[namespace])) {
      const words = text.replace(/{{[^}]*}}/g, '').replace(ALLOWED, '')
      expect(FOREIGN.exec(words)?.[0], `${namespace}:${key}: ${text}`).toBeUndefined()
    }
  }
})

it('says "Đồng chí", never "bạn" or "quý vị"', () => {
  for (const namespace of namespaces) {
    for (const [key, text] of flat(vi[namespace])) {
      expect(/(?:^|[\s“(])(?:bạn|quý vị|anh\/chị)(?=[\s,.”)]|$)/i.test(text), `${namespace}:${key}: ${text}`).toBe(
        false,
      )
    }
  }
})
