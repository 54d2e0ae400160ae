// Items 5 to 7: the application's own protocol, the one folder it serves, and the policy that comes with every answer.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { hubUrl, mainWindow, type Check } from './check.ts'

export const ownProtocol: Check = {
  item: 5,
  title: 'pages come over app://, which has no more rights than https',
  run: async ({ host }) => {
    expect(mainWindow(host).webContents.getURL()).toBe('app://bundle/index.html')
    expect(Array.from(host.session.privileged)).toEqual([
      ['app', { standard: true, secure: true, supportFetchAPI: true, codeCache: true }],
    ])
    await Promise.resolve()
  },
}

const TYPES: Readonly<Record<string, string>> = {
  'a.mjs': 'text/javascript; charset=utf-8',
  'a.wasm': 'application/wasm',
  'a.woff2': 'font/woff2',
  'a.ttf': 'font/ttf',
  'a.json': 'application/json',
  'a.png': 'image/png',
  'a.svg': 'image/svg+xml',
  'pdfjs/cmaps/a.bcmap': 'application/octet-stream',
  'pdfjs/standard_fonts/a.pfb': 'application/octet-stream',
}

export const oneFolder: Check = {
  item: 6,
  title: 'the protocol serves one folder and known types, and 404 for everything else',
  stage: {
    rendererFiles: {
      'main.js.map': '{}',
      'notes.txt': 'x',
      'no-extension': 'x',
      ...Object.fromEntries(Object.keys(TYPES).map((path) => [path, 'x'])),
    },
  },
  run: async ({ host, page }) => {
    const fetched = (path: string, method = 'GET') =>
      page.evaluate(
        async ([p, m]) => {
          const response = await fetch(p, { method: m })
          const { headers } = response
          return [response.status, headers.get('content-type'), headers.get('x-content-type-options')]
        },
        [path, method] as const,
      )
    expect(await fetched('/index.html')).toEqual([200, 'text/html; charset=utf-8', 'nosniff'])
    for (const [path, type] of Object.entries(TYPES)) expect(await fetched(`/${path}`)).toEqual([200, type, 'nosniff'])
    const refused = [
      '/..%2felectron%2fmain.js',
      '/%2e%2e%2felectron%2fmain.js',
      '/x%2f..%2f..%2felectron%2fmain.js',
      '/..%5celectron%5cmain.js',
      '/%2fetc%2fhostname.html',
      '/main.js%00.html',
      '/%ff%fe.js',
      '/main.js.map',
      '/notes.txt',
      '/no-extension',
      '/missing.js',
      '/pdfjs',
    ]
    for (const path of refused) expect([path, (await fetched(path))[0]]).toEqual([path, 404])
    expect((await fetched('/index.html', 'POST'))[0]).toBe(404)
    expect((await host.session.fetch('app://other/index.html')).status).toBe(404)
  },
}

/** Adds what an attacker would add to the page, and waits for the browser's verdicts. */
function attack(): Promise<{ seen: string[]; evalBlocked: boolean; pwned: boolean }> {
  const seen: string[] = []
  document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective))
  const add = (tag: string, properties: object): void => {
    document.body.append(Object.assign(document.createElement(tag), properties))
  }
  add('script', { textContent: 'window.pwned = 1' })
  add('script', { src: 'https://evil.example/x.js' })
  add('style', { textContent: 'body{color:red}' })
  add('iframe', { src: 'https://evil.example/' })
  add('object', { data: 'https://evil.example/x' })
  add('base', { href: 'https://evil.example/' })
  add('img', { src: 'https://evil.example/x.png' })
  const later = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
  // DevTools lifts the ban on eval during an evaluate's own first task.
  return later(200).then(async () => {
    let evalBlocked = false
    try {
      ;(0, eval)('window.pwned = 2')
    } catch {
      evalBlocked = true
    }
    await later(50)
    return { seen: [...new Set(seen)].sort(), evalBlocked, pwned: 'pwned' in window }
  })
}

export const policyBlocks: Check = {
  item: 7,
  title: 'the policy is enforced by the browser: scripts, styles, frames, objects, images, eval',
  run: async ({ page }) => {
    expect(await page.evaluate(attack)).toEqual({
      seen: ['base-uri', 'frame-src', 'img-src', 'object-src', 'script-src', 'script-src-elem', 'style-src-elem'],
      evalBlocked: true,
      pwned: false,
    })
  },
}

export const policyNonce: Check = {
  item: 7,
  title: 'a style element is taken with the nonce of this very response, which is fresh each time',
  run: async ({ page }) => {
    const colours = await page.evaluate(() => {
      const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
      const tryStyle = (css: string, value: string): string => {
        const style = document.createElement('style')
        style.nonce = value
        style.textContent = css
        document.head.append(style)
        return getComputedStyle(document.body).color
      }
      return [tryStyle('body{color:rgb(1,2,3)}', `${nonce}x`), tryStyle('body{color:rgb(4,5,6)}', nonce)]
    })
    expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(4, 5, 6)'])
    const nonces = await page.evaluate(() =>
      Promise.all(
        [1, 2].map(async () => {
          const response = await fetch('/index.html')
          const html = /content="([^"]*)"/.exec(await response.text())?.[1] ?? 'none'
          return [html, response.headers.get('content-security-policy')?.includes(`'nonce-${html}'`)]
        }),
      ),
    )
    expect(nonces.map(([, matches]) => matches)).toEqual([true, true])
    expect(nonces[0]?.[0]).not.toBe(nonces[1]?.[0])
    expect(String(nonces[0]?.[0])).toMatch(/^[A-Za-z0-9+/]{24}$/)
  },
}

export const policyConnects: Check = {
  item: 7,
  title: 'a page speaks to the configured hub and to no other address, not even on this machine',
  run: async ({ page }) => {
    const hub = await hubUrl(page)
    let heard = 0
    const other = createServer((_request, response) => {
      heard++
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end('{}')
    })
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening))
    const reach = (url: string) =>
      page.evaluate(
        (u) =>
          fetch(u).then(
            ({ status }) => status,
            () => 'refused',
          ),
        url,
      )
    try {
      expect(await reach(`${hub}/`)).toBe(200)
      expect(await reach(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)).toBe('refused')
      expect(heard).toBe(0)
    } finally {
      other.close()
    }
    const policy = await page.evaluate(async () => (await fetch('/main.mjs')).headers.get('content-security-policy'))
    const wanted = `connect-src 'self' ${hub} ${hub.replace('http', 'ws')}; worker-src 'self' blob:`
    expect(policy).toContain(wanted)
    for (const weak of ['unsafe-inline', 'unsafe-eval', '*', 'http:;', 'https:;']) expect(policy).not.toContain(weak)
  },
}
