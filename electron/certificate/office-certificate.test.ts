// The certificates judged from outside: by openssl, and by a real HTTPS handshake with the hub's own TLS reader.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, get } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeOfficeCertificates, type OfficeCertificates } from './office-certificate.ts'

let made: OfficeCertificates
let folder: string
beforeAll(() => {
  made = makeOfficeCertificates(['hub.xa-tra-my.lan', '127.0.0.1'], new Date(Date.now() - 60_000))
  folder = mkdtempSync(join(tmpdir(), 'tra-my-certificate-'))
  writeFileSync(join(folder, 'ca.pem'), made.authority)
  writeFileSync(join(folder, 'hub.pem'), made.certificate)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, encoding: 'utf8' })

test('openssl verifies the hub certificate for its purpose, name and address, and for no other name', () => {
  const verify = (...more: string[]) =>
    openssl('verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', 'ca.pem', ...more, 'hub.pem')
  expect(verify('-verify_hostname', 'hub.xa-tra-my.lan')).toContain('OK')
  expect(verify('-verify_ip', '127.0.0.1')).toContain('OK')
  expect(() => verify('-verify_hostname', 'ngan-hang.vn')).toThrow(/hostname/i)
})

test('a client that trusts the authority speaks HTTPS with a server that has the certificate; others refuse', async () => {
  const server = createServer({ key: made.key, cert: made.certificate }, (_request, response) => response.end('chào'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const ask = (ca?: string) =>
    new Promise<string>((resolve) => {
      get({ host: '127.0.0.1', port, ...(ca === undefined ? {} : { ca }) }, (response) => {
        response.setEncoding('utf8').on('data', resolve)
      }).on('error', (error) => resolve((error as NodeJS.ErrnoException).code ?? ''))
    })
  expect(await ask(made.authority)).toBe('chào')
  expect(await ask()).toMatch(/UNABLE_TO|SELF_SIGNED/)
  server.close()
})
