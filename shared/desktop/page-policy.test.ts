// What a page may load: nothing by default, the own origin, one hub, and styles that carry this response's nonce.
import { describe, expect, it } from 'vitest'
import { confirmPolicy, contentSecurityPolicy, hubSources } from './page-policy.ts'

describe('sources of a hub', () => {
  it.each([
    ['http://127.0.0.1:4100', ['http://127.0.0.1:4100', 'ws://127.0.0.1:4100']],
    ['https://hop.trami.example/path?x=1', ['https://hop.trami.example', 'wss://hop.trami.example']],
    ['https://[::1]:4100/', ['https://[::1]:4100', 'wss://[::1]:4100']],
  ])('%s', (url, sources) => {
    expect(hubSources(url)).toEqual(sources)
  })

  it.each(['', 'ftp://hub', 'file:///etc/passwd', 'http:/hub', 'http://', ' http://hub', 'app://x'])(
    '%j opens nothing',
    (url) => {
      expect(hubSources(url)).toEqual([])
    },
  )
})

describe('the policy of a page', () => {
  const directives = (policy: string) =>
    new Map(policy.split('; ').map((each) => [each.slice(0, each.indexOf(' ')), each.slice(each.indexOf(' ') + 1)]))
  const policy = directives(contentSecurityPolicy('Abc123==', ['http://hub.example', 'ws://hub.example']))

  it('allows nothing that it does not name', () => {
    expect(policy.get('default-src')).toBe("'none'")
    for (const shut of ['object-src', 'frame-src', 'frame-ancestors', 'base-uri', 'form-action'])
      expect(policy.get(shut)).toBe("'none'")
  })

  it('runs scripts of the page’s own origin only: no inline, no eval, no nonce, no foreign origin', () => {
    expect(policy.get('script-src')).toBe("'self'")
    expect([...policy.values()].join(' ')).not.toMatch(/unsafe-|\*|https?:(?!\/\/hub\.example)/)
  })

  it('takes style elements that carry the nonce of this response', () => {
    expect(policy.get('style-src')).toBe("'self' 'nonce-Abc123=='")
  })

  it('speaks to the own origin and to the named hub, to nobody without one', () => {
    expect(policy.get('connect-src')).toBe("'self' http://hub.example ws://hub.example")
    expect(directives(contentSecurityPolicy('n', [])).get('connect-src')).toBe("'self'")
  })

  it('names each directive once', () => {
    expect(policy.size).toBe(contentSecurityPolicy('n', []).split('; ').length)
  })
})

describe('the policy of the PIN window', () => {
  it('runs its own script, speaks to its own desktop, and opens nothing else', () => {
    const policy = confirmPolicy()
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("connect-src 'self'")
    for (const weak of ['unsafe-', 'data:', 'http', 'ws:', '*', 'nonce-', 'worker-src', 'font-src'])
      expect(policy).not.toContain(weak)
    for (const shut of ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"])
      expect(policy).toContain(shut)
  })
})
