// The list of issuers: named by their certificates, each once, and what was decided on one stays.
import { expect, it } from 'vitest'
import { CERTIFICATE } from '../../../shared/org/org.fixture.ts'
import { anchorOf, withAnchors } from './anchors.ts'

const other = { ...anchorOf(CERTIFICATE), certificate: 'AAAA', name: 'An Giang' }

it('a new issuer has the name of its certificate and is believed for both uses', () => {
  expect(anchorOf(CERTIFICATE)).toEqual({
    name: 'Nguyễn Văn Ưởng',
    certificate: CERTIFICATE,
    uses: ['signing', 'timestamping'],
  })
})

it('adding one that is there changes nothing of it; the list is in Vietnamese order', () => {
  const limited = { ...anchorOf(CERTIFICATE), uses: ['timestamping' as const] }
  expect(withAnchors([limited], [anchorOf(CERTIFICATE), other])).toEqual([other, limited])
})
