// Every kind of request a page of ours makes, and those it must never find in the kept shell.
import { describe, expect, it } from 'vitest'
import { assetsOf, strategyFor, type Strategy } from './request-strategy.ts'

const HUB = 'https://tramy.xa.vn'

function ask(path: string, change: { method?: string; mode?: string } = {}): Strategy {
  return strategyFor({ method: 'GET', mode: 'cors', ...change, url: new URL(path, HUB).href }, HUB)
}

describe('what the service worker does with a request', () => {
  it('opens the one page of the application, also with a query or a hash', () => {
    for (const path of ['/', '/index.html', '/?pair=1', '/#/meetings/1'])
      expect(ask(path, { mode: 'navigate' }), path).toBe('page')
  })

  it('takes files of the build from the device', () => {
    for (const name of ['index-D40CszpG.js', 'pdf.worker.min-CIqJB0yW.mjs', 'key-derivation.worker-_Coh5N7-.js'])
      expect(ask(`/assets/${name}`), name).toBe('asset')
  })

  it('keeps what the reader fetches by name', () => {
    expect(ask('/pdfjs/cmaps/UniJIS-UTF16-H.bcmap')).toBe('reader-file')
    expect(ask('/pdfjs/standard_fonts/LiberationSans-Regular.ttf')).toBe('reader-file')
  })

  it('never touches what is of people, however it is asked for', () => {
    for (const path of [
      '/api/hello',
      '/api/blobs/ab/parts/0',
      '/sync/desk',
      '/assets/../api/hello',
      '/pdfjs/../api/me',
    ]) {
      for (const mode of ['navigate', 'cors', 'same-origin', 'no-cors']) expect(ask(path, { mode }), path).toBe('leave')
    }
  })

  it('leaves alone what is not a plain question to this hub', () => {
    for (const method of ['POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS']) {
      expect(ask('/', { method, mode: 'navigate' }), method).toBe('leave')
      expect(ask('/assets/a-1.js', { method }), method).toBe('leave')
    }
    expect(ask('http://tramy.xa.vn/assets/a-1.js')).toBe('leave')
    expect(ask('https://tramy.xa.vn:8443/assets/a-1.js')).toBe('leave')
    expect(ask('http://127.0.0.1:4711/assets/a-1.js')).toBe('leave')
  })

  it('leaves alone every path that nobody named, so that it is never kept', () => {
    for (const path of ['/', '/service-worker.js', '/shell-files.json', '/papers/1.pdf', '/assets/', '/assets/a/b.js'])
      expect(ask(path), path).toBe('leave')
    for (const path of ['/service-worker.js', '/assets', '/papers/1.pdf'])
      expect(ask(path, { mode: 'navigate' }), path).toBe('leave')
    expect(ask('/assets/%2e%2e%2fapi')).toBe('leave')
  })
})

describe('the list of the shell', () => {
  it('gives the files beside the page, each once', () => {
    expect(assetsOf(['assets/a-1.js', 'index.html', 'assets/b-2.css', 'assets/a-1.js'])).toEqual([
      '/assets/a-1.js',
      '/assets/b-2.css',
    ])
  })

  it('is not taken when it is something else or names anything but files of a build', () => {
    const tooMany = Array.from({ length: 2001 }, (_, i) => `assets/a-${i}.js`)
    const others: readonly unknown[] = [
      null,
      {},
      'index.html',
      [],
      ['index.html'],
      ['assets/a-1.js'],
      ['index.html', 1],
      ['index.html', '/assets/a-1.js'],
      ['index.html', 'assets/../api/me'],
      ['index.html', 'assets/a-1.js', 'api/me'],
      ['index.html', 'assets/a-1.js', 'https://other.vn/assets/a.js'],
      ['index.html', 'assets/a-1.js?x'],
      ['index.html', ...tooMany],
    ]
    for (const list of others) expect(assetsOf(list), JSON.stringify(list).slice(0, 80)).toBeNull()
  })
})
