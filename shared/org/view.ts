// What people see of the organisation: everyone the directory, administrators also accounts and devices.
import { once, onceEach } from '../memo.ts'
import { bindingView, type CertificateBinding } from './certificates.ts'
import type { Account, Device, OrgState, Person, Position, Trust, Unit } from './state.ts'

export interface DirectoryBoard {
  readonly units: Readonly<Record<string, Unit>>
  readonly people: Readonly<Record<string, Pick<Person, 'id' | 'name'>>>
  readonly positions: Readonly<Record<string, Position>>
  /** On every device, so that signatures are checked without a line. */
  readonly trust: Trust | null
}

export interface AdministrationBoard {
  readonly people: Readonly<Record<string, Person>>
  readonly accounts: Readonly<Record<string, Account>>
  readonly devices: Readonly<Record<string, Omit<Device, 'publicKey'>>>
  readonly certificates: Readonly<Record<string, CertificateBinding>>
}

const names = onceEach(({ id, name }: Person) => ({ id, name }))
const withoutKeys = onceEach(({ publicKey: _key, ...device }: Device) => device)

export const viewDirectory = once(({ units, people, positions, trust }: OrgState): DirectoryBoard => ({
  units,
  people: names(people),
  positions,
  trust,
}))

const bindings = onceEach(bindingView)

export const viewAdministration = once(
  ({ people, accounts, devices, certificates }: OrgState): AdministrationBoard => ({
    people,
    accounts,
    devices: withoutKeys(devices),
    certificates: bindings(certificates),
  }),
)
