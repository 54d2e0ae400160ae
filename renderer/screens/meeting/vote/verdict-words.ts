// The verdict of a closed motion as sentences in the language in force.
import { useTranslation } from 'react-i18next'
import { ruleSetVersion } from '../../../../shared/meeting/rule-sets.ts'
import type { MotionView } from '../../../../shared/meeting/view.ts'
import { verdictSentence } from '../logic/verdict-sentence.ts'

interface VerdictWords {
  /** "8/15 tán thành: quá nửa tổng số thành viên." */
  readonly sentence: string
  /** "8 × 2 = 16 > 15 × 1 = 15: quá nửa tổng số thành viên; cần ít nhất 8." */
  readonly arithmetic: string
  /** What the equality of sides meant; null where it meant nothing. */
  readonly tie: string | null
}

/** @returns null for a motion without result, or under a rule set that this version of the program does not know */
export function useVerdictWords(motion: MotionView): VerdictWords | null {
  const { t } = useTranslation('vote')
  const rules = ruleSetVersion(motion.ruleSetId, motion.ruleSetVersion)
  if (motion.result === null || rules === null) return null
  const { counts, verdict } = motion.result
  const said = verdictSentence(rules, counts, verdict)
  const { numbers } = said
  const share = `${numbers.numerator}/${numbers.denominator}`
  const meaning = t(said.meaning, { share })
  return {
    sentence:
      said.tie === null || said.tie === 'tie.chairTookNoSide'
        ? t('verdict.sentence', { count: numbers.count, base: numbers.base, meaning })
        : t(said.tie, { count: numbers.count }),
    arithmetic: t('verdict.arithmetic', { ...numbers, meaning }),
    tie: said.tie === null ? null : t(said.tie, { count: numbers.count }),
  }
}
