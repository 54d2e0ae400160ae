// The sample commune's accounts as a table for a terminal.
import { vietnamese } from '../../texts/texts.ts'

interface Account {
  readonly username: string
  readonly password: string
  readonly name: string
  readonly duty: string
}

const COLUMNS = ['username', 'password', 'name', 'duty'] as const

/** @returns one line a row, columns aligned */
export function accountTable(accounts: readonly Account[]): string {
  const header = COLUMNS.map((column) => vietnamese(`start.account.${column}`))
  const rows = [header, ...accounts.map((account) => COLUMNS.map((column) => account[column].normalize('NFC')))]
  const widths = COLUMNS.map((_column, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  return rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd()).join('\n')
}
