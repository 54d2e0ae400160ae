// What `openssl verify` says about a PKITS case: the second opinion.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PKITS, PKITS_TIME, type PkitsCase } from './pkits-lab.ts'

const ANY_POLICY = '2.5.29.32.0'

export function opensslAccepts({ cert, intermediates, crls, params = {} }: PkitsCase): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'pkits-'))
  try {
    const file = (name: string, label: string, sources: readonly string[]): string => {
      writeFileSync(
        join(folder, name),
        sources.map((source) => pem(label, readFileSync(`${PKITS}/${source}`))).join(''),
      )
      return name
    }
    const certs = (name: string, names: readonly string[]) =>
      file(
        name,
        'CERTIFICATE',
        names.map((one) => `certs/${one}`),
      )
    const policies = params.user_initial_policy_set ?? [ANY_POLICY]
    const options = [
      ...['-attime', String(PKITS_TIME / 1000), '-auth_level', '0'],
      ...['-crl_check_all', '-extended_crl', '-use_deltas', '-policy_check'],
      ...policies.flatMap((policy) => ['-policy', policy]),
      ...(params.initial_explicit_policy === true ? ['-explicit_policy'] : []),
      ...(params.initial_policy_mapping_inhibit === true ? ['-inhibit_map'] : []),
      ...(params.initial_any_policy_inhibit === true ? ['-inhibit_any'] : []),
      ...['-CAfile', certs('root.pem', ['TrustAnchorRootCertificate.crt'])],
      ...(intermediates.length === 0 ? [] : ['-untrusted', certs('between.pem', intermediates)]),
      ...[
        '-CRLfile',
        file(
          'lists.pem',
          'X509 CRL',
          [...crls, 'TrustAnchorRootCRL.crl'].map((one) => `crls/${one}`),
        ),
      ],
      certs('target.pem', [cert]),
    ]
    return spawnSync('openssl', ['verify', ...options], { cwd: folder }).status === 0
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
