// A paper that is open: pages, panel, finding and toolbar, and the keys that drive them.
import { useCallback, useEffect, useRef, useState } from 'react'
import { FindBar } from './find-bar.tsx'
import type { ReaderCommand } from './keyboard.ts'
import { SHEET_MARGIN } from './page-layout.ts'
import { PageList } from './page-list.tsx'
import type { PdfReaderProps } from './pdf-reader.tsx'
import type { Paper } from './pdfjs.ts'
import classes from './reader.module.css'
import { SidePanel } from './side-panel.tsx'
import { Toolbar } from './toolbar.tsx'
import { useFind } from './use-find.ts'
import { useKeys } from './use-keys.ts'
import { useMemory } from './use-memory.ts'
import { usePages, type Mover } from './use-pages.ts'
import { nextStop, type Zoom } from './zoom.ts'

export function OpenReader(props: PdfReaderProps & { readonly paper: Paper }) {
  const { paper, page: wantedPage, presenterPage, onPageChange, onFollowChange } = props
  const following = props.following ?? false
  const [start] = useState(() => startOf(props))
  const remember = useMemory(start, props.onRemember)

  const onPage = useCallback(
    (page: number, mover: Mover): void => {
      remember({ page })
      onPageChange?.(page)
      if (mover === 'person' && following && page !== presenterPage) onFollowChange?.(false)
    },
    [remember, onPageChange, onFollowChange, following, presenterPage],
  )
  const onZoom = useCallback((zoom: Zoom) => remember({ zoom }), [remember])
  const pages = usePages(paper, start.page, start.zoom, onPage, onZoom)
  const { page, factor, goTo, zoomTo } = pages

  const go = useRef(goTo)
  useEffect(() => {
    go.current = goTo
  })
  const asked = useRef(wantedPage)
  useEffect(() => {
    if (wantedPage !== undefined && wantedPage !== asked.current) go.current(wantedPage, 'program')
    asked.current = wantedPage
  }, [wantedPage])
  useEffect(() => {
    if (following && presenterPage !== undefined && presenterPage !== null) go.current(presenterPage, 'program')
  }, [following, presenterPage])

  const [panelOpen, setPanelOpen] = useState(false)
  const [findAsked, setFindAsked] = useState(0)
  const [findOpen, setFindOpen] = useState(false)
  const finding = useFind(paper, findOpen, page)
  const openFind = (): void => {
    setFindOpen(true)
    setFindAsked((n) => n + 1)
  }
  const closeFind = (): void => {
    setFindOpen(false)
    pages.scroller.current?.focus({ preventScroll: true })
  }

  const run = (command: ReaderCommand): boolean => {
    switch (command) {
      case 'next-page':
        goTo(page + 1, 'person')
        return true
      case 'previous-page':
        goTo(page - 1, 'person')
        return true
      case 'first-page':
        goTo(1, 'person')
        return true
      case 'last-page':
        goTo(paper.pages, 'person')
        return true
      case 'zoom-in':
        zoomTo({ kind: 'factor', factor: nextStop(factor, 'in') })
        return true
      case 'zoom-out':
        zoomTo({ kind: 'factor', factor: nextStop(factor, 'out') })
        return true
      case 'zoom-reset':
        zoomTo({ kind: 'factor', factor: 1 })
        return true
      case 'find':
        openFind()
        return true
      case 'find-next':
        finding.step(1)
        return findOpen
      case 'find-previous':
        finding.step(-1)
        return findOpen
      case 'close':
        if (findOpen) closeFind()
        else if (panelOpen) setPanelOpen(false)
        else return false
        return true
    }
  }
  const root = useRef<HTMLDivElement | null>(null)
  useKeys(root, (command, key) => {
    const tooWide = pages.layout.widest + 2 * SHEET_MARGIN > pages.windowWidth
    return tooWide && (key === 'ArrowLeft' || key === 'ArrowRight') ? false : run(command)
  })

  const follow =
    onFollowChange === undefined
      ? null
      : { following, presenterPage: presenterPage ?? null, label: props.followLabel ?? null, onChange: onFollowChange }
  return (
    <div ref={root} className={classes.reader}>
      <div className={classes.middle}>
        {panelOpen && (
          <SidePanel
            paper={paper}
            page={page}
            onPage={(number) => goTo(number, 'person')}
            onTarget={(target) => goTo(target.page, 'person', target.fractionDown)}
            onClose={() => setPanelOpen(false)}
          />
        )}
        <PageList paper={paper} pages={pages} results={finding.results} />
      </div>
      {findOpen && <FindBar finding={finding} asked={findAsked} onClose={closeFind} />}
      <Toolbar
        page={page}
        pages={paper.pages}
        factor={factor}
        panelOpen={panelOpen}
        findOpen={findOpen}
        follow={follow}
        extra={props.toolbarExtra}
        onPage={(number) => goTo(number, 'person')}
        onZoom={(zoom) => zoomTo(zoom)}
        onPanel={() => setPanelOpen((open) => !open)}
        onFind={() => (findOpen ? closeFind() : openFind())}
      />
    </div>
  )
}

function startOf(props: PdfReaderProps & { readonly paper: Paper }): { readonly page: number; readonly zoom: Zoom } {
  const presented = props.following === true ? props.presenterPage : null
  const page = presented ?? props.page ?? props.remembered?.page ?? props.initialPage ?? 1
  return { page: Math.min(props.paper.pages, Math.max(1, page)), zoom: props.remembered?.zoom ?? { kind: 'fit-width' } }
}
