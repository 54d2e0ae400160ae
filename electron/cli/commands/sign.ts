// `tra-my sign`: signs one file with a token, for scripts and tests. The PIN comes from the environment, never from the command line.
import { readFile } from 'node:fs/promises'
import { SIGNING_ROLES, type SigningRole } from '../../../shared/pdf/sign/roles.ts'
import type { Place } from '../../../shared/pdf/sign/prepare.ts'
import { refused, type DocumentOutcome } from '../../signature/signature-fault.ts'
import { signDocument, type SignatureOrder } from '../../signature/sign-document.ts'
import { bothLanguages } from '../../texts/texts.ts'
import { EXIT, textOption, type Command } from '../command.ts'
import { levelOption, orComplain, writeOutcome } from '../signing/outcome.ts'
import { surroundingsOf, tokensOfThisMachine } from '../signing/surroundings.ts'
import { withTokenKey } from '../signing/token-key.ts'

type Values = Readonly<Record<string, unknown>>

export const sign: Command = {
  name: 'sign',
  summary: 'sign.summary',
  files: 'one',
  options: {
    out: { type: 'string' },
    module: { type: 'string' },
    token: { type: 'string' },
    key: { type: 'string' },
    'pin-env': { type: 'string' },
    role: { type: 'string' },
    certify: { type: 'boolean' },
    page: { type: 'string' },
    rect: { type: 'string' },
    image: { type: 'string' },
    number: { type: 'string' },
    date: { type: 'string' },
    'copy-form': { type: 'string' },
    reason: { type: 'string' },
    level: { type: 'string' },
    tsa: { type: 'string' },
    trust: { type: 'string' },
  },
  optionHelp: {
    out: 'sign.out',
    module: 'token.module',
    token: 'sign.token',
    key: 'sign.key',
    'pin-env': 'sign.pinEnv',
    role: 'sign.role',
    certify: 'sign.certify',
    page: 'sign.page',
    rect: 'sign.rect',
    image: 'sign.image',
    number: 'sign.number',
    date: 'sign.date',
    'copy-form': 'sign.copyForm',
    reason: 'sign.reason',
    level: 'sign.level',
    tsa: 'sign.tsa',
    trust: 'verify.trust',
  },
  run: async (values, terminal, [file = '']) => {
    const [out, token, pinName] = ['out', 'token', 'pin-env'].map((name) => textOption(values, name))
    const order = await orderOf(values)
    if (out === undefined || token === undefined || pinName === undefined || order === null) {
      terminal.complain(bothLanguages('sign.usage'))
      return EXIT.usage
    }
    const pin = process.env[pinName]
    if (pin === undefined || pin === '') {
      terminal.complain(bothLanguages('sign.noPin'))
      return EXIT.usage
    }
    // Children of this process, drivers among them, must not find it.
    Reflect.deleteProperty(process.env, pinName)
    const bytes = await orComplain(file, terminal, () => readFile(file))
    const surroundings = await orComplain(textOption(values, 'trust'), terminal, () => surroundingsOf(values))
    if (bytes === null || surroundings === null) return EXIT.failed
    const client = tokensOfThisMachine(textOption(values, 'module'))
    let outcome: DocumentOutcome
    try {
      const wanted = { label: token, key: textOption(values, 'key') ?? null }
      const used = await withTokenKey(client, wanted, new Uint8Array(Buffer.from(pin)), (key) =>
        signDocument(new Uint8Array(bytes), order, key, surroundings),
      )
      outcome = used.ok ? used.value : refused(used.fault.code, used.fault.tried)
    } finally {
      await client.close()
    }
    return await writeOutcome(outcome, order.level, out, terminal)
  },
}

/** @returns null where an option is missing or not understood */
async function orderOf(values: Values): Promise<SignatureOrder | null> {
  const role = SIGNING_ROLES.find((known): known is SigningRole => known === textOption(values, 'role'))
  const level = levelOption(values)
  const place = placeOf(values)
  const image = textOption(values, 'image')
  const picture = image === undefined ? null : await readFile(image).catch(() => undefined)
  if (role === undefined || level === undefined || place === undefined || picture === undefined) return null
  return {
    role,
    level,
    place,
    certify: values['certify'] === true,
    picture: picture === null ? null : new Uint8Array(picture),
    number: textOption(values, 'number') ?? null,
    date: textOption(values, 'date') ?? null,
    copyForm: textOption(values, 'copy-form') ?? '',
    reason: textOption(values, 'reason') ?? null,
  }
}

/** `--page N` from 1 and `--rect X,Y,W,H` in points from the lower left corner. @returns null for neither, undefined when they are wrong */
function placeOf(values: Values): Place | null | undefined {
  const [page, rect] = [textOption(values, 'page'), textOption(values, 'rect')]
  if (page === undefined && rect === undefined) return null
  const [x, y, width, height, ...more] = (rect ?? '')
    .split(',')
    .map((part) => (part.trim() === '' ? NaN : Number(part)))
  const index = Number(page ?? '1') - 1
  if (x === undefined || y === undefined || width === undefined || height === undefined || more.length > 0)
    return undefined
  if (![x, y, width, height].every(Number.isFinite) || !Number.isInteger(index) || index < 0) return undefined
  return { page: index, rectangle: [x, y, x + width, y + height] }
}
