// Adds and works through files until it is killed, and says on its output what it was promised. For pending-upgrades.test.ts.
import { PendingUpgrades, workThrough } from './pending-upgrades.ts'

const [file = '', first = '0'] = process.argv.slice(2)
const { upgrades } = await PendingUpgrades.open(file, { now: () => Date.now(), chance: () => 0 })
for (let number = Number(first); ; number++) {
  const digest = number.toString(16).padStart(64, '0')
  await upgrades.add(`${number}.pdf`, digest)
  process.stdout.write(`added ${number}\n`)
  // Every third waits on, every third fails for good, every third is done.
  await workThrough(upgrades, ({ file: name }) => {
    const outcomes = ['timestamp-failed', 'file-gone', null] as const
    return Promise.resolve(outcomes[Number.parseInt(name) % 3] ?? null)
  })
  process.stdout.write(`ended ${number}\n`)
}
