// Words to command, end to exit code; help in both languages.
import { expect, test } from 'vitest'
import { EXIT, portOption, type Command, type Terminal } from './command.ts'
import { COMMANDS } from './commands.ts'
import { dispatch } from './dispatch.ts'
import { accountTable } from './start/account-table.ts'
import { hasDisplay } from './start/display.ts'

function listen(): Terminal & { readonly lines: string[]; readonly complaints: string[] } {
  const lines: string[] = []
  const complaints: string[] = []
  return {
    lines,
    complaints,
    line: (text) => lines.push(text),
    complain: (text) => complaints.push(text),
    interrupted: Promise.resolve(),
  }
}

const twoWords: Command = {
  name: 'test words',
  summary: 'hub.summary',
  options: { data: { type: 'string' } },
  optionHelp: { data: 'hub.data' },
  run: (values, terminal) => {
    terminal.line(JSON.stringify(values))
    return Promise.resolve(EXIT.ok)
  },
}

const withFiles = (files: 'one' | 'many'): Command => ({
  ...twoWords,
  name: files,
  files,
  run: (_values, terminal, named) => {
    terminal.line(named.join(' '))
    return Promise.resolve(EXIT.ok)
  },
})

test('a command that takes files gets them, before and after its options', async () => {
  const terminal = listen()
  expect(await dispatch(['many', 'a.pdf', '--data', 'x', 'b.pdf'], [withFiles('many')], terminal)).toBe(0)
  expect(await dispatch(['one', 'a.pdf'], [withFiles('one')], terminal)).toBe(0)
  expect(terminal.lines).toEqual(['a.pdf b.pdf', 'a.pdf'])
})

test.each([[['many']], [['one']], [['one', 'a.pdf', 'b.pdf']]])('%j names too few or too many files', async (words) => {
  const terminal = listen()
  expect(await dispatch(words, [withFiles('one'), withFiles('many')], terminal)).toBe(2)
  expect(terminal.complaints).toHaveLength(1)
})

test('a command of two words gets its options', async () => {
  const terminal = listen()
  expect(await dispatch(['test', 'words', '--data', 'x'], [...COMMANDS, twoWords], terminal)).toBe(0)
  expect(terminal.lines).toEqual(['{"data":"x"}'])
})

test.each([[['help']], [['--help']], [['hub', '-h']]])('%j shows the help in both languages', async (words) => {
  const terminal = listen()
  expect(await dispatch(words, COMMANDS, terminal)).toBe(0)
  for (const { name, optionHelp } of COMMANDS) {
    expect(terminal.lines[0]).toContain(`  ${name}`)
    for (const option of Object.keys(optionHelp)) expect(terminal.lines[0]).toContain(`--${option}`)
  }
  expect(terminal.lines[0]).toContain('chạy riêng máy chủ / run the hub alone')
})

test.each([
  [[]],
  [['nonsense']],
  [['test']],
  [['hub', '--unknown']],
  [['hub', 'surplus']],
  [['hub', '--port']],
  [['hub', '--port', '70000']],
  [['hub', '--port', '-1']],
  [['hub', '--cert', 'x']],
  [['agent']],
  [['agent', '--hub', 'file:///etc']],
  [['start', '--port', 'x']],
])('%j is wrongly called: exit code 2, and it is said how', async (words) => {
  const terminal = listen()
  expect(await dispatch(words, [...COMMANDS, twoWords], terminal)).toBe(2)
  expect(terminal.lines.length + terminal.complaints.length).toBe(1)
})

test('every option has its line of help, and every line its option', () => {
  for (const { options, optionHelp } of COMMANDS) {
    expect(Object.keys(optionHelp).sort()).toEqual(Object.keys(options).sort())
  }
})

test('ports', () => {
  const port = (text: string) => portOption({ port: text }, 'port', 1)
  expect(['0', '80', '65535', '65536', '', '1e3', ' 80'].map(port)).toEqual([0, 80, 65_535, ...Array<undefined>(4)])
  expect(portOption({}, 'port', 4680)).toBe(4680)
})

test('a table of accounts is aligned', () => {
  const account = (username: string, name: string) => ({ username, password: 'p', name, duty: 'd' })
  const rows = accountTable([account('a', 'Hồ Văn Đức'), account('longer-name', 'An')]).split('\n')
  expect(new Set(rows.map((row) => row.lastIndexOf('  '))).size).toBe(1)
  expect(rows).toHaveLength(3)
})

test('where there is a display', () => {
  expect(hasDisplay('linux', {})).toBe(false)
  expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false)
  expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true)
  expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
  expect(hasDisplay('win32', {})).toBe(true)
})
