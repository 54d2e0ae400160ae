// Every attack of the list on papers with true signatures: invalid for the reason it is, whoever is trusted, and if nobody is.
import { describe, expect, test, vi } from 'vitest'
import type { PdfAttack } from '../pdf/attack.ts'
import { bytesOf, type Paper } from '../pdf/paper.ts'
import * as real from './real-signing.ts'
import { asker, isGreen, reasonsOf } from './verdict.ts'

// Everything that attacks and honest lives sign, attackers included, is signed for real.
vi.mock('../pdf/signing.ts', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  sign: real.sign,
  certify: real.certify,
  timestamp: real.timestamp,
}))
const { ALL_ATTACKS } = await import('../pdf/attack-list.ts')
const { HONEST } = await import('../pdf/honest.ts')
const ask = await asker(real.pki)

/** Attacks that know the bytes of the placeholder, told again for a CMS. */
const ON_CMS: Readonly<Record<string, PdfAttack['make']>> = {
  'contents no DER': ({ file }) => file.replace('/Contents<3082', '/Contents<ffff'),
  'garbage behind the CMS': ({ file }) => file.replace('00>', 'ff>'),
}

function fileOf(made: Paper | string): string {
  return typeof made === 'string' ? made : made.file
}

/** As difference analysis names it, under the names of areas that the report has. */
function namesOf(code: string): readonly string[] {
  if (code.startsWith('structure:')) return [`structure.${code.slice('structure:'.length)}`, 'change.structure']
  if (code === 'signature-missing') return ['structure.unexplained-bytes']
  return [`field.${code}`, `change.${code}`, `file.${code}`, `structure.${code}`]
}

describe('invalid, with and without trust:', () => {
  test.each(ALL_ATTACKS.map((attack) => ({ ...attack, title: `${attack.class}: ${attack.name}` })))(
    '$title',
    async (attack) => {
      const signed = attack.signed()
      const before = await ask(bytesOf(signed.file))
      expect(isGreen(before.trusting), `the signed paper itself: ${reasonsOf(before.trusting).join()}`).toBe(true)
      expect(before.trustingNobody.status).toBe('indeterminate')

      const file = fileOf((ON_CMS[attack.name] ?? attack.make)(signed))
      expect(file).not.toBe(signed.file)
      const { trusting, trustingNobody } = await ask(bytesOf(file))
      const about = attack.about ?? 'leader'
      for (const report of [trusting, trustingNobody]) {
        expect(report.status, reasonsOf(report).join()).toBe('invalid')
        for (const code of attack.expect) {
          // What no revision knows any more has no entry; the file as a whole is refused.
          if (code === 'signature-missing') expect(report.signatures.map(({ field }) => field)).not.toContain(about)
          const found = code === 'signature-missing' ? report.reasons : reasonsOf(report, about)
          expect(
            found.some((reason) => namesOf(code).includes(reason)),
            `${code} among ${found.join()}`,
          ).toBe(true)
        }
      }
    },
  )
})

describe('never invalid:', () => {
  test.each(HONEST)('$name', async ({ paper }) => {
    const { trusting, trustingNobody } = await ask(bytesOf(paper.file))
    expect(isGreen(trusting), reasonsOf(trusting).join()).toBe(true)
    expect(trustingNobody.status).toBe('indeterminate')
  })
})
