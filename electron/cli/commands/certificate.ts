// `tra-my certificate`: a certificate for the hub of an office network, and the authority that tablets install once.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { makeOfficeCertificates } from '../../certificate/office-certificate.ts'
import { bothLanguages } from '../../texts/texts.ts'
import { EXIT, textOption, type Command } from '../command.ts'

const HOST = /^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?$/

export const certificate: Command = {
  name: 'certificate',
  summary: 'certificate.summary',
  options: { hosts: { type: 'string' }, out: { type: 'string' } },
  optionHelp: { hosts: 'certificate.hosts', out: 'certificate.out' },
  run: async (values, terminal) => {
    const hosts = (textOption(values, 'hosts') ?? '').split(',').filter((host) => host !== '')
    if (hosts.length === 0 || !hosts.every((host) => HOST.test(host))) {
      terminal.complain(bothLanguages('certificate.badHosts'))
      return EXIT.usage
    }
    const folder = resolve(textOption(values, 'out') ?? '.')
    const made = makeOfficeCertificates(hosts, new Date())
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'hub-key.pem'), made.key, { mode: 0o600 })
    writeFileSync(join(folder, 'hub.pem'), made.certificate)
    writeFileSync(join(folder, 'tra-my-ca.pem'), made.authority)
    terminal.line(`${bothLanguages('certificate.written')} ${folder}`)
    return await Promise.resolve(EXIT.ok)
  },
}
