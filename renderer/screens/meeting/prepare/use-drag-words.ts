// What a screen reader says while an item is dragged, in words instead of ids.
import type { Announcements, UniqueIdentifier } from '@dnd-kit/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { NumberedItem } from '../../../../shared/meeting/agenda.ts'

interface DragWords {
  readonly announcements: Announcements
  readonly screenReaderInstructions: { readonly draggable: string }
}

export function useDragWords(rows: readonly NumberedItem[]): DragWords {
  const { t } = useTranslation('prepare')
  return useMemo(() => {
    const name = (id: UniqueIdentifier | undefined) => {
      const row = rows.find(({ item }) => item.id === id)
      return row === undefined ? '' : `${row.number}. ${row.item.title}`
    }
    return {
      announcements: {
        onDragStart: ({ active }) => t('drag.start', { title: name(active.id) }),
        onDragOver: ({ active, over }) =>
          over === null ? undefined : t('drag.over', { title: name(active.id), other: name(over.id) }),
        onDragEnd: ({ active, over }) =>
          over === null
            ? t('drag.cancel', { title: name(active.id) })
            : t('drag.end', { title: name(active.id), other: name(over.id) }),
        onDragCancel: ({ active }) => t('drag.cancel', { title: name(active.id) }),
      },
      screenReaderInstructions: { draggable: t('drag.how') },
    }
  }, [rows, t])
}
