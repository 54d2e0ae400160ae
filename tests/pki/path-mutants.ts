// Path validation with one check taken out at a time, each as a module of its own.
import { rmSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { validatePath } from '../../shared/pki/path.ts'
import type { Parsers } from './pkits-lab.ts'

export interface Mutant {
  readonly without: string
  readonly file: string
  /** Occurs exactly once in the file. */
  readonly from: string
  readonly to: string
}

const out = (without: string, file: string, from: string, to: string): Mutant => ({ without, file, from, to })
/** A condition that never holds any more. */
const never = (without: string, file: string, condition: string): Mutant =>
  out(without, file, `if (${condition})`, 'if (false)')

export const MUTANTS: readonly Mutant[] = [
  // Signatures
  out('the check of signatures', 'path.ts', "? null : 'signature-invalid'", '? null : null'),
  // Dates, extensions, authority
  never('the start of validity', 'path-checks.ts', 'at < certificate.notBefore'),
  never('the end of validity', 'path-checks.ts', 'at > certificate.notAfter'),
  never('unknown critical extensions', 'path-checks.ts', 'critical.some(([oid]) => !UNDERSTOOD.has(oid))'),
  out('basic constraints', 'path-checks.ts', "basic === null || basic === 'unreadable' || !basic.ca", 'false'),
  out('the bit for authorities', 'path-checks.ts', ' || !basic.ca', ''),
  never('the right to sign certificates', 'path-checks.ts', "!mayUse(certificate, 'keyCertSign')"),
  never('path lengths', 'path-checks.ts', 'left === 0'),
  out(
    'lengths further down',
    'path-checks.ts',
    'left = Math.min(left, pathLengthOf(certificate) ?? left)',
    'left = pathLengthOf(certificate) ?? left',
  ),
  out('self-issued certificates in lengths', 'path-checks.ts', '!isSelfIssued(certificate)', 'true'),
  // Names
  out('the fold of names', 'names.ts', 'mapped.toLowerCase()', 'mapped'),
  out('the fold of white space', 'names.ts', "folded.replace(/[\\s\\p{Z}]+/gu, ' ').replace(/^ | $/g, '')", 'folded'),
  // Name constraints
  out('permitted names', 'name-constraints.ts', 'return inside && ', 'return '),
  out('excluded names', 'name-constraints.ts', 'return inside && !excluded', 'return inside || !excluded'),
  out('constraints further up', 'name-constraints.ts', 'constraints.push(own)', 'constraints.splice(0, 1, own)'),
  out(
    'self-issued certificates in name constraints',
    'name-constraints.ts',
    'last || !isSelfIssued(certificate)',
    'true',
  ),
  never('mail addresses in subjects', 'name-constraints.ts', "!names.some((name) => name.kind === 'email')"),
  out('hosts as they are', 'name-constraints.ts', ': name === root\n', ': name.endsWith(root)\n'),
  out('domains as whole labels', 'name-constraints.ts', "root.startsWith('.') ? root : `.${root}`", 'root'),
  // Policies
  out('the demand at the end', 'policies.ts', 'return left.explicit > 0 || (graph', 'return graph === null || (graph'),
  never(
    'mappings of any policy',
    'policies.ts',
    'mappings.some((m) => m.issuerPolicy === ANY_POLICY || m.subjectPolicy === ANY_POLICY)',
  ),
  out('inhibited mappings', 'policies.ts', 'left.mapping > 0)', 'true)'),
  out('inhibited any policy', 'policies.ts', 'left.any > 0 || (!last && selfIssued)', 'true'),
  out('self-issued certificates under any policy', 'policies.ts', ' || (!last && selfIssued)', ''),
  out('self-issued certificates in policy counts', 'policies.ts', 'last || !selfIssued', 'true'),
  out('mappings', 'policies.ts', 'node.expected = new Set(mapped', 'void new Set(mapped'),
  out('any policy of authorities', 'policies.ts', '(anyNode === undefined ? [] : [anyNode])', '[]'),
  out("the user's policies", 'policies.ts', 'roots.some((node) => initial.includes(node.policy))', 'roots.length > 0'),
  out(
    "the user's own terms",
    'policies.ts',
    'node.policy !== ANY_POLICY && node.parents.some((parent) => parent.policy === ANY_POLICY)',
    'node.policy !== ANY_POLICY',
  ),
  out('dead branches', 'policies.ts', 'wanted.has(node)', 'true'),
  // Revocation
  out('missing lists', 'path-revocation.ts', "found.status === 'unknown' && request.revocation === 'require'", 'false'),
  out('revoked certificates', 'path-revocation.ts', "if (found.status === 'revoked')", 'if (false)'),
  out('the right to sign lists', 'path-revocation.ts', "mayUse(signer, 'cRLSign') &&", ''),
  out(
    'the path of who signs lists',
    'path-revocation.ts',
    "if (path?.status === 'valid') return true\n  }\n  return false\n}\n\n/**\n * RFC 6960",
    'return true\n  }\n  return false\n}\n\n/**\n * RFC 6960',
  ),
  out('issuers who name themselves', 'path-revocation.ts', 'if (named && ', 'if (false && '),
  never('lists with unknown critical extensions', 'revocation.ts', 'list.unknownCritical'),
  out('unknown extensions of entries', 'crl-entries.ts', 'unknownCritical ||= details.unknownCritical', ''),
  out(
    'unknown extensions of lists',
    'crl.ts',
    'unknownCritical || hasUnknownCritical(extensions, LIST_EXTENSIONS)',
    'unknownCritical',
  ),
  out('the age of lists', 'revocation.ts', 'nextUpdate !== null && nextUpdate >= at', 'true'),
  out('complete lists', 'revocation.ts', '.filter((one) => one.baseCrlNumber === null)', ''),
  out('delta lists', 'revocation.ts', 'if (continues(list, complete) && ', 'if (false && '),
  out('certificates off hold', 'revocation.ts', "changed?.reason === 'removeFromCRL' ? undefined : ", ''),
  out('reasons that nobody answered for', 'revocation.ts', 'covered.size === ALL_REASONS.size', 'covered.size > 0'),
  never('issuers of lists', 'crl-scope.ts', 'list.issuer.key !== certificate.issuer.key'),
  out(
    'named issuers of lists',
    'crl-scope.ts',
    'scope?.indirect !== true || !issuers.some((issuer) => issuer.key === list.issuer.key)',
    'false',
  ),
  never(
    'names of distribution points',
    'crl-scope.ts',
    'scope.name !== null && !pointsTo(point, scope.name, list, certificate)',
  ),
  never('lists of attribute certificates', 'crl-scope.ts', 'scope.onlyAttributeCertificates'),
  out('lists of users only', 'crl-scope.ts', 'scope.onlyUserCertificates', 'false'),
  out('lists of authorities only', 'crl-scope.ts', 'scope.onlyCaCertificates', 'false'),
  out('lists of some reasons', 'crl-scope.ts', 'scope.onlySomeReasons ?? ALL_REASONS', 'ALL_REASONS'),
  out('gaps before delta lists', 'crl-scope.ts', 'complete.crlNumber >= baseCrlNumber', 'true'),
  out('issuers of entries', 'crl-entries.ts', 'current = details.issuer ?? current', ''),
  out('issuers of entries before', 'crl-entries.ts', 'details.issuer ?? current', 'details.issuer ?? issuer'),
  // Reading
  out('negative serial numbers', 'der-reader.ts', 'negative: first >= 0x80 }', 'negative: false }'),
  out('years of two digits', 'der-reader.ts', 'short < 50 ? 2000 : 1900', '2000'),
]

export interface Validator extends Parsers {
  readonly validatePath: typeof validatePath
}

const ENTRY = `export { validatePath } from './path.ts'
export { parseCertificate } from './certificate.ts'
export { parseCertificateList } from './crl.ts'
`
const source = resolve(import.meta.dirname, '../../shared/pki')

/** Bundles mutants into a folder of its own, which goes when it is disposed. */
export class PathWorkshop implements Disposable {
  private readonly folder = resolve(import.meta.dirname, '../../node_modules/.cache', `path-mutants-${process.pid}`)
  private count = 0

  /** Validation and parsers, changed or as they are. @throws where the mutant does not apply exactly once */
  async make(mutant: Mutant | null): Promise<Validator> {
    await mkdir(this.folder, { recursive: true })
    this.count += 1
    const outfile = join(this.folder, `path-${this.count}.mjs`)
    let applied = 0
    await build({
      stdin: { contents: ENTRY, resolveDir: source, loader: 'ts' },
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      packages: 'external',
      logLevel: 'silent',
      plugins: [
        {
          name: 'mutant',
          setup(bundler) {
            bundler.onLoad({ filter: /\/pki\/[a-z-]+\.ts$/ }, async ({ path }) => {
              const text = await readFile(path, 'utf8')
              if (mutant === null || basename(path) !== mutant.file) return { contents: text, loader: 'ts' }
              const parts = text.split(mutant.from)
              applied = parts.length - 1
              return { contents: parts.join(mutant.to), loader: 'ts' }
            })
          },
        },
      ],
    })
    if (mutant !== null && applied !== 1) throw new Error(`without ${mutant.without} applies ${applied} times`)
    return (await import(pathToFileURL(outfile).href)) as Validator
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
