// Names of signature fields: one family a role, numbered where the file has one already.
import { expect, it } from 'vitest'
import { SIGNING_ROLES } from '../pdf/sign/roles.ts'
import { newFieldName, roleOfField } from './role-fields.ts'

it.each(SIGNING_ROLES)('a field made for the role %s tells that role, the second one too', (role) => {
  const first = newFieldName(role, new Set())
  const second = newFieldName(role, new Set([first]))
  expect(second).toBe(`${first}_2`)
  expect([roleOfField(first), roleOfField(second)]).toEqual([role, role])
})

it('a field of another program tells no role', () => {
  expect(roleOfField('Signature1')).toBeNull()
  expect(roleOfField('ky_so_hai')).toBeNull()
})
