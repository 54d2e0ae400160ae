// The reader of papers: opens one, shows its pages, remembers where one was, and follows whoever presents.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { OpenReader } from './open-reader.tsx'
import { ReaderState } from './reader-state.tsx'
import classes from './reader.module.css'
import type { PdfSource } from './source.ts'
import { usePaper } from './use-paper.ts'
import type { Zoom } from './zoom.ts'

/** Where a person left a paper. The screen around the reader keeps it, by person and paper. */
export type ReaderMemory = { readonly page: number; readonly zoom: Zoom }

export type PdfReaderProps = {
  readonly source: PdfSource
  /** What the paper is known by, such as its hash: another key opens another paper, the same key never opens again. */
  readonly documentKey: string
  /** Shown first where nothing is remembered. */
  readonly initialPage?: number | undefined
  /** Whenever this changes the reader goes there, as when an agenda entry is pressed. */
  readonly page?: number | undefined
  /** Every change of the page that is read, whoever caused it: a presenter sends it on. */
  readonly onPageChange?: ((page: number) => void) | undefined
  readonly remembered?: ReaderMemory | null | undefined
  /** Called when reading pauses and when the reader goes away. */
  readonly onRemember?: ((memory: ReaderMemory) => void) | undefined
  /** The page of the presenter; null while nobody presents. */
  readonly presenterPage?: number | null | undefined
  readonly following?: boolean | undefined
  /** With it the toolbar offers to follow. Also called with false when the person turns to another page. */
  readonly onFollowChange?: ((following: boolean) => void) | undefined
  /** Words of the button for following, where "Theo dõi" is not enough. */
  readonly followLabel?: string | undefined
  /** Further tools at the end of the toolbar. */
  readonly toolbarExtra?: ReactNode
}

/** Fills the height it is given. Needs Mantine's provider, the theme's tokens, and the folder `pdfjs/` beside the page. */
export function PdfReader(props: PdfReaderProps) {
  const { t } = useTranslation('reader')
  const { state, waiting, retry } = usePaper(props.documentKey, props.source)
  return (
    <section className={classes.reader} aria-label={t('label')} data-reader={state.status}>
      {waiting && (
        <p role="status" className={classes.waiting}>
          {t('waiting')}
        </p>
      )}
      {state.status === 'open' ? (
        <OpenReader key={props.documentKey} paper={state.paper} {...props} />
      ) : (
        <ReaderState state={state} onRetry={retry} />
      )}
    </section>
  )
}
