// The report for helpers tells what is wrong, and nothing that belongs to a person.
import { expect, it } from 'vitest'
import { reportText, shownTokens } from './plain.ts'
import type { Devices } from './use-devices.ts'

const token = (duplicate: boolean): Devices['tokens'][number] => ({
  id: { module: '/opt/bi-mat/driver.so', serial: 'SERIAL-42', label: 'Nguyễn Văn Ưởng' },
  issuer: 'SoftHSM',
  manufacturer: 'Maker',
  model: 'v2',
  pin: 'few-left',
  pinPad: false,
  duplicate,
  certificates: [
    {
      fingerprint: 'ab'.repeat(32),
      subject: 'CN=Nguyễn Văn Ưởng',
      commonName: 'Nguyễn Văn Ưởng',
      organization: 'UBND xã Trà My',
      issuer: 'CN=Nơi cấp',
      serialNumber: '4711',
      notBefore: '2026-01-01T00:00:00.000Z',
      notAfter: '2026-12-01T00:00:00.000Z',
      obstacles: ['not-for-signing'],
      expiresSoon: true,
      hasKey: 'unknown',
    },
  ],
  fault: null,
})
const DEVICES: Devices = {
  modules: [{ name: 'SoftHSM', status: 'ready', description: 'SoftHSM 2' }],
  tokens: [token(false), token(true)],
}

it('shows a device that two drivers see once', () => {
  expect(shownTokens(DEVICES)).toHaveLength(1)
})

it('says states and dates, and neither names nor serial numbers nor paths', () => {
  const text = reportText(DEVICES, '2026-11-25T02:00:00.000Z', 'Browser')
  expect(text).toContain('module: SoftHSM [ready] SoftHSM 2')
  expect(text).toContain('[pin few-left]')
  expect(text).toContain('[key unknown, expires-soon, not-for-signing]')
  expect(text).not.toMatch(/Nguyễn|Ưởng|SERIAL|4711|bi-mat|abab|Trà My/)
})

it('says that there is nothing', () => {
  const text = reportText({ modules: [], tokens: [] }, 'now', 'Browser')
  expect(text).toContain('module: none')
  expect(text).toContain('device: none')
})
