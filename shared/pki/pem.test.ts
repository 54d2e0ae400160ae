// PEM: every certificate of a text, whatever stands around it; keys and other things are passed over.
import { expect, it } from 'vitest'
import { certificatesOfPem } from './pem.ts'

const block = (body: string, what = 'CERTIFICATE') => `-----BEGIN ${what}-----\n${body}\n-----END ${what}-----\n`

it('finds each certificate in its order and joins its lines', () => {
  expect(certificatesOfPem(`Gốc:\r\n${block('AAAA\r\nBBBB')}Trung gian:\n${block('CC==')}`)).toEqual([
    'AAAABBBB',
    'CC==',
  ])
})

it('passes over private keys, and answers with nothing where nothing is', () => {
  expect(certificatesOfPem(block('AAAA', 'PRIVATE KEY'))).toEqual([])
  expect(certificatesOfPem('')).toEqual([])
})
