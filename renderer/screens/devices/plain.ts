// The devices as text for whoever helps: what there is and what is wrong, without serial numbers, paths or names of people.
import type { Devices, Token } from './use-devices.ts'

/** Devices that two drivers see are shown once. */
export function shownTokens(devices: Devices): readonly Token[] {
  return devices.tokens.filter(({ duplicate }) => !duplicate)
}

/** Codes and dates only: whoever reads it knows them, and a report is passed on. @param now ISO 8601 */
export function reportText(devices: Devices, now: string, userAgent: string): string {
  const lines = [
    'tra-my/devices 1',
    now,
    userAgent,
    '',
    ...devices.modules.map(({ name, status, description }) => `module: ${name} [${status}] ${description}`.trim()),
    ...(devices.modules.length === 0 ? ['module: none'] : []),
    '',
    ...shownTokens(devices).flatMap(({ issuer, manufacturer, model, pin, pinPad, fault, certificates }) => [
      `device: ${issuer} / ${manufacturer} / ${model} [pin ${pin}${pinPad ? ', pin-pad' : ''}${fault === null ? '' : `, ${fault}`}]`,
      ...certificates.map(
        ({ notBefore, notAfter, obstacles, expiresSoon, hasKey }) =>
          `  certificate: ${notBefore ?? '?'} - ${notAfter ?? '?'} [key ${hasKey}${expiresSoon ? ', expires-soon' : ''}${obstacles.map((each) => `, ${each}`).join('')}]`,
      ),
    ]),
    ...(devices.tokens.length === 0 ? ['device: none'] : []),
  ]
  return `${lines.join('\n')}\n`
}
