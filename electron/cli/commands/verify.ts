// `tra-my verify`: what the signatures of files prove. Asks nobody: what is not in the file or the folder of anchors is not known.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { NO_EVIDENCE } from '../../../shared/signature/evidence.ts'
import type { FileReport } from '../../../shared/signature/report.ts'
import { verifyPdf } from '../../../shared/signature/verify.ts'
import { nodePkiCrypto } from '../../pki/node-crypto.ts'
import { bothLanguages } from '../../texts/texts.ts'
import { EXIT, textOption, type Command, type Terminal } from '../command.ts'
import { orComplain } from '../signing/outcome.ts'
import { anchorsOf } from '../signing/surroundings.ts'

export const verify: Command = {
  name: 'verify',
  summary: 'verify.summary',
  files: 'many',
  options: { trust: { type: 'string' }, at: { type: 'string' }, json: { type: 'boolean' } },
  optionHelp: { trust: 'verify.trust', at: 'verify.at', json: 'verify.json' },
  run: async (values, terminal, files) => {
    const at = textOption(values, 'at')
    const now = at === undefined ? Date.now() : Date.parse(at)
    if (Number.isNaN(now)) {
      terminal.complain(bothLanguages('verify.badTime'))
      return EXIT.usage
    }
    const anchors = await orComplain(textOption(values, 'trust'), terminal, () => anchorsOf(values))
    if (anchors === null) return EXIT.failed
    const reports: FileReport[] = []
    for (const file of files) {
      const bytes = await orComplain(file, terminal, () => readFile(file))
      if (bytes !== null)
        reports.push(
          await verifyPdf(new Uint8Array(bytes), {
            name: basename(file),
            anchors,
            evidence: NO_EVIDENCE,
            now,
            crypto: nodePkiCrypto,
          }),
        )
    }
    if (values['json'] === true) terminal.line(JSON.stringify(reports, null, 2))
    else for (const report of reports) say(report, terminal)
    const valid = reports.filter(({ status }) => status === 'valid' || status === 'valid-changed')
    return valid.length === files.length ? EXIT.ok : EXIT.failed
  },
}

function say(report: FileReport, terminal: Terminal): void {
  terminal.line(`${report.name}: ${bothLanguages(`verify.status.${report.status}`)}`)
  for (const reason of report.reasons) terminal.line(`  ${reason}`)
  for (const { field, status, level, signer, time, reasons } of report.signatures) {
    const when = time.proven ?? time.claimed ?? '–'
    terminal.line(
      `  ${field}  ${signer?.subject ?? '–'}  ${when}  ${level}  ${bothLanguages(`verify.status.${status}`)}`,
    )
    for (const reason of reasons) terminal.line(`    ${reason}`)
  }
}
