// The fields of an outgoing paper by the names that clerks use; those of other programs keep the name that they have in the file.
import type { TFunction } from 'i18next'
import { OUTGOING_FIELDS } from '../../../shared/pdf/sign/outgoing-fields.ts'

export function fieldWords(t: TFunction<'verify'>, field: string): string {
  switch (field) {
    case OUTGOING_FIELDS.number:
      return t('field.number')
    case OUTGOING_FIELDS.date:
      return t('field.date')
    case OUTGOING_FIELDS.leader:
      return t('field.leader')
    case OUTGOING_FIELDS.seal:
      return t('field.seal')
    case OUTGOING_FIELDS.archive:
      return t('field.archive')
    default:
      return t('changes.field', { field })
  }
}
