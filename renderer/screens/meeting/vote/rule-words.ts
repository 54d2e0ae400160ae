// A rule set in words: its name, and its rule in one sentence made from its numbers, so that data and text cannot part.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RuleSet } from '../../../../shared/meeting/rule-sets.ts'

const KNOWN = ['committee-session', 'council-resolution', 'council-two-thirds', 'working-opinion'] as const

interface RuleWords {
  name(rules: RuleSet): string
  /** "Có mặt ít nhất 2/3 tổng số thành viên; thông qua khi quá nửa tổng số thành viên tán thành; …" */
  sentence(rules: RuleSet): string
}

export function useRuleWords(): RuleWords {
  const { t } = useTranslation('vote')
  return useMemo(() => {
    const name = (rules: RuleSet) => {
      const known = KNOWN.find((id) => id === rules.id)
      return known === undefined ? t('rules.unnamed') : t(`rules.name.${known}`)
    }
    const sentence = ({ quorum, threshold, denominator, tie }: RuleSet) => {
      const base = denominator === 'all-members' ? t('rules.allMembers') : t('rules.presentMembers')
      const share = `${threshold.numerator}/${threshold.denominator}`
      const half = threshold.strict && threshold.numerator * 2 === threshold.denominator
      return [
        quorum === null
          ? t('rules.noQuorum')
          : t('rules.quorum', { share: `${quorum.numerator}/${quorum.denominator}` }),
        half
          ? t('rules.half', { base })
          : threshold.strict
            ? t('rules.moreThan', { share, base })
            : t('rules.atLeast', { share, base }),
        ...(tie === 'chair-side' ? [t('rules.chairSide')] : []),
      ].join('; ')
    }
    return { name, sentence: (rules) => `${sentence(rules)}.` }
  }, [t])
}
