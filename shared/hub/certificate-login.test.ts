// The sentence that is signed to log in: no two logins share it, and no document signature can be made of it.
import { expect, it } from 'vitest'
import { loginStatement } from './certificate-login.ts'

const STATEMENT = { host: 'Hub.Xa:8443', challenge: 'c'.repeat(43), deviceId: 'd' }

it('is text of one form, the host in lower case', () => {
  expect(String.fromCharCode(...loginStatement(STATEMENT))).toBe(`tra-my login 1\nhub.xa:8443\n${'c'.repeat(43)}\nd\n`)
})

it('never begins like the SET OF attributes that a document signature signs', () => {
  expect(loginStatement(STATEMENT)[0]).not.toBe(0x31)
})
