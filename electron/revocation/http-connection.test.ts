// Which hosts are reached without the office's proxy.
import assert from 'node:assert/strict'
import { test } from 'vitest'
import { bypasses } from './http-connection.ts'

const proxy = { host: 'proxy.example', port: 3128, bypass: ['tsa.office.example', '.commune.example'] }

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['[::1]', true],
  ['tsa.office.example', true],
  ['commune.example', true],
  ['ocsp.commune.example', true],
  ['office.example', false],
  ['x.tsa.office.example', false],
  ['evilcommune.example', false],
  ['127.0.0.1.example', false],
  ['tsa.example', false],
])('%s: %s', (hostname, expected) => {
  assert.equal(bypasses(proxy, hostname), expected)
})
