// A whole certificate authority in a temporary folder, made by openssl: what real signatures are tested against.
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loopbackListener, type LoopbackListener } from './loopback-listener.ts'
import {
  AUTHORITIES,
  extensions,
  keyArguments,
  LEAVES,
  ROOT_EXTENSIONS,
  type AuthorityName,
  type CertificatePlan,
  type IssuerName,
  type LeafName,
} from './profiles.ts'
import { derOf, mustRun, processFolder } from './tools.ts'

export interface TestCertificate {
  readonly der: Uint8Array
  readonly pem: string
  readonly certificateFile: string
  /** The private key as PEM; the empty text where the key stays in a token. */
  readonly keyFile: string
}

export interface CrlDates {
  readonly fromDays: number
  readonly toDays: number
}

export interface TestPki {
  readonly folder: string
  readonly listener: LoopbackListener
  readonly authorities: Readonly<Record<AuthorityName, TestCertificate>>
  readonly leaves: Readonly<Record<LeafName, TestCertificate>>
  /** PEM of root, of the intermediate, and the database that OCSP answers come from. */
  readonly rootFile: string
  readonly intermediateFile: string
  /** Certificates of the chain above every leaf of `intermediate`, leaf's issuer first, DER, without the root. */
  readonly chain: readonly Uint8Array[]
  privateKey(name: LeafName): KeyObject
  indexFile(issuer: IssuerName): string
  /** The current list, DER; with `dates`, one that was or will be current (days from now). */
  crl(issuer: IssuerName, dates?: CrlDates): Promise<Uint8Array>
  /** One more certificate; with `publicKeyFile` (PEM) for a key that this process never sees. */
  issue(name: string, plan: CertificatePlan, publicKeyFile?: string): Promise<TestCertificate>
  /** From now on OCSP and CRL say so; the reason is openssl's name, for instance `keyCompromise`. */
  revoke(certificate: TestCertificate, issuer: IssuerName, reason: string): Promise<void>
}

let made: Promise<TestPki> | undefined

/** The PKI of this process: made once, gone when the process ends. Tests that revoke or issue use `makePki`. */
export function testPki(): Promise<TestPki> {
  made ??= makePki()
  return made
}

/** A PKI of its own, with its own loopback address. */
export async function makePki(): Promise<TestPki> {
  const folder = processFolder('pki')
  const listener = await loopbackListener()
  const workshop = new Workshop(folder, listener.baseUrl)
  const names = [...Object.keys(AUTHORITIES), ...Object.keys(LEAVES)] as (AuthorityName | LeafName)[]
  await Promise.all(names.map((name) => workshop.makeKey(name, { ...AUTHORITIES, ...LEAVES }[name].key)))

  const [root, strangerRoot] = await Promise.all([workshop.selfSign('root'), workshop.selfSign('strangerRoot')])
  const intermediate = await workshop.issue('intermediate', AUTHORITIES.intermediate)
  await workshop.prepareAuthority('intermediate')
  // One authority writes its database with each certificate, so what it issues comes one after the other.
  const leaves = {} as Record<LeafName, TestCertificate>
  for (const name of Object.keys(LEAVES) as LeafName[]) leaves[name] = await workshop.issue(name, LEAVES[name])
  await workshop.revoke(leaves.revoked, 'intermediate', 'keyCompromise')

  return {
    folder,
    listener,
    authorities: { root, intermediate, strangerRoot },
    leaves,
    rootFile: root.certificateFile,
    intermediateFile: intermediate.certificateFile,
    chain: [intermediate.der],
    privateKey: (name) => workshop.privateKey(name),
    indexFile: (issuer) => join(folder, issuer, 'index.txt'),
    crl: (issuer, dates) => workshop.crl(issuer, dates),
    issue: (name, plan, publicKeyFile) => workshop.issue(name, plan, publicKeyFile),
    revoke: (certificate, issuer, reason) => workshop.revoke(certificate, issuer, reason),
  }
}

/** The openssl commands, and the folder they work in. */
class Workshop {
  readonly #folder: string
  readonly #baseUrl: string
  readonly #keys = new Map<string, KeyObject>()

  constructor(folder: string, baseUrl: string) {
    this.#folder = folder
    this.#baseUrl = baseUrl
  }

  #file(name: string): string {
    return join(this.#folder, name)
  }

  privateKey(name: string): KeyObject {
    const key = this.#keys.get(name)
    if (key === undefined) throw new Error(`no key ${name}`)
    return key
  }

  async makeKey(name: string, kind: CertificatePlan['key']): Promise<void> {
    const file = this.#file(`${name}.key`)
    await mustRun('openssl', ['genpkey', ...keyArguments(kind), '-out', file])
    this.#keys.set(name, createPrivateKey(await readFile(file)))
  }

  async selfSign(name: 'root' | 'strangerRoot'): Promise<TestCertificate> {
    await this.prepareAuthority(name)
    await this.#request(name, AUTHORITIES[name].subject)
    await this.#caSign(name, name, -2000, 7000, ROOT_EXTENSIONS, ['-selfsign'])
    return this.#read(name)
  }

  async issue(name: string, plan: CertificatePlan, publicKeyFile?: string): Promise<TestCertificate> {
    // The request of a foreign key is signed by a key that is thrown away: the cheapest kind will do.
    if (!this.#keys.has(name)) await this.makeKey(name, publicKeyFile === undefined ? plan.key : 'P-256')
    await this.#request(name, plan.subject)
    const content = extensions(plan.profile, plan.issuer, this.#baseUrl)
    if (publicKeyFile === undefined) await this.#caSign(name, plan.issuer, plan.fromDays, plan.toDays, content)
    else await this.#signForeignKey(name, plan, content, publicKeyFile)
    return this.#read(name, publicKeyFile === undefined)
  }

  async revoke(certificate: TestCertificate, issuer: IssuerName, reason: string): Promise<void> {
    await this.#ca(issuer, ['-revoke', certificate.certificateFile, '-crl_reason', reason])
  }

  async crl(issuer: IssuerName, dates?: CrlDates): Promise<Uint8Array> {
    const file = this.#file(`${issuer}.crl.pem`)
    const times =
      dates === undefined
        ? []
        : ['-crl_lastupdate', openSslDate(dates.fromDays), '-crl_nextupdate', openSslDate(dates.toDays)]
    await this.#ca(issuer, ['-gencrl', ...times, '-out', file])
    return derOf(await readFile(file, 'utf8'))
  }

  async prepareAuthority(name: IssuerName): Promise<void> {
    const folder = this.#file(name)
    mkdirSync(join(folder, 'issued'), { recursive: true })
    await writeFile(join(folder, 'index.txt'), '')
    await writeFile(join(folder, 'index.txt.attr'), 'unique_subject = no\n')
    await writeFile(join(folder, 'crlnumber'), '01\n')
    await writeFile(
      join(folder, 'ca.cnf'),
      `[ca]
default_ca = this
[this]
database = ${folder}/index.txt
new_certs_dir = ${folder}/issued
crlnumber = ${folder}/crlnumber
certificate = ${this.#file(name)}.crt
private_key = ${this.#file(name)}.key
default_md = sha256
default_crl_days = 30
crl_extensions = crl
rand_serial = yes
policy = anything
[anything]
commonName = supplied
[crl]
authorityKeyIdentifier = keyid
`,
    )
  }

  async #request(name: string, subject: string): Promise<void> {
    const config = this.#file('request.cnf')
    await writeFile(config, '[req]\ndistinguished_name = dn\nstring_mask = utf8only\n[dn]\n')
    const [key, out] = [this.#file(`${name}.key`), this.#file(`${name}.csr`)]
    await mustRun('openssl', ['req', '-new', '-config', config, '-utf8', '-key', key, '-subj', subject, '-out', out])
  }

  async #caSign(
    name: string,
    issuer: IssuerName,
    fromDays: number,
    toDays: number,
    content: string,
    more: readonly string[] = [],
  ): Promise<void> {
    const file = this.#file(`${name}.ext`)
    await writeFile(file, `[e]\n${content}\n`)
    const dates = ['-startdate', openSslDate(fromDays), '-enddate', openSslDate(toDays)]
    const [csr, out] = [this.#file(`${name}.csr`), this.#file(`${name}.crt`)]
    const files = ['-in', csr, '-out', out, '-extfile', file, '-extensions', 'e']
    const key = ['-keyfile', this.#file(`${issuer}.key`)]
    await this.#ca(issuer, ['-batch', '-notext', '-preserveDN', ...dates, ...files, ...key, ...more])
  }

  /** `openssl ca` insists on a request signed by its own key; a token's key comes in through `x509 -force_pubkey`. */
  async #signForeignKey(name: string, plan: CertificatePlan, content: string, publicKeyFile: string): Promise<void> {
    const file = this.#file(`${name}.ext`)
    await writeFile(file, `[e]\n${content}\n`)
    const [csr, out] = [this.#file(`${name}.csr`), this.#file(`${name}.crt`)]
    const issuer = ['-CA', this.#file(`${plan.issuer}.crt`), '-CAkey', this.#file(`${plan.issuer}.key`)]
    const days = ['-days', String(plan.toDays), '-sha256', '-extfile', file, '-extensions', 'e']
    await mustRun('openssl', [
      'x509',
      '-req',
      '-in',
      csr,
      '-force_pubkey',
      publicKeyFile,
      ...issuer,
      ...days,
      '-out',
      out,
    ])
    await this.#ca(plan.issuer, ['-valid', out])
  }

  async #ca(issuer: IssuerName, args: readonly string[]): Promise<void> {
    await mustRun('openssl', ['ca', '-config', this.#file(join(issuer, 'ca.cnf')), ...args])
  }

  async #read(name: string, ownKey = true): Promise<TestCertificate> {
    const certificateFile = this.#file(`${name}.crt`)
    const pem = await readFile(certificateFile, 'utf8')
    return { der: derOf(pem), pem, certificateFile, keyFile: ownKey ? this.#file(`${name}.key`) : '' }
  }
}

function openSslDate(daysFromNow: number): string {
  const date = new Date(Date.now() + daysFromNow * 86_400_000)
  return date.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '') + 'Z'
}
