// What goes into the installable application: the built files, the native packages they need, and nothing else; every fuse is stated.
import type { Configuration, FileSet } from 'electron-builder'

/** A fuse left out would silently keep Electron's default, so the type asks for each. */
const fuses: Required<
  Omit<NonNullable<Configuration['electronFuses']>, 'resetAdHocDarwinSignature' | 'wasmTrapHandlers'>
> = {
  // The program must not become a general Node that runs any script under our name.
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableCookieEncryption: true,
  // Enforced on Windows and macOS: the archive is the one that was built.
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
}

const BETTER_SQLITE3 = 'node_modules/better-sqlite3'
const NODE_RS = 'node_modules/@node-rs'
const PKCS11JS = 'node_modules/pkcs11js'
const KOFFI = 'node_modules/koffi'
const KOROMIX = 'node_modules/@koromix'

/** Machine code is chosen by the target; electron-builder's own ${platform} is the machine that packs. @param libc suffix of @node-rs' packages */
function machineCode(platform: string, libc: string): FileSet[] {
  return [
    { from: `${BETTER_SQLITE3}/prebuilds`, to: `${BETTER_SQLITE3}/prebuilds`, filter: [`${platform}-\${arch}.node`] },
    { from: NODE_RS, to: NODE_RS, filter: [`argon2-${platform}-\${arch}-${libc}/*.{node,json}`] },
    {
      from: KOROMIX,
      to: KOROMIX,
      filter: [`koffi-${platform}-\${arch}/{package.json,index.js,${platform}_\${arch}/koffi.node}`],
    },
    // Compiled on the machine that packs, so it is only right for its own system.
    ...(platform === process.platform ? [{ from: PKCS11JS, to: PKCS11JS, filter: ['build/Release/pkcs11.node'] }] : []),
  ]
}

const config: Configuration = {
  appId: 'vn.tramy.desktop',
  productName: 'Tra My',
  electronVersion: '45.4.1',
  directories: { output: 'release', buildResources: 'build/icons' },
  // better-sqlite3 and argon2 bring their binaries, for Node's stable interface: nothing is compiled for Electron.
  npmRebuild: false,
  asar: true,
  // A program's machine code cannot be loaded from inside an archive.
  asarUnpack: ['**/*.node'],
  files: [
    'dist/**',
    'package.json',
    '!node_modules/**',
    '!**/*.{map,md,ts}',
    { from: BETTER_SQLITE3, to: BETTER_SQLITE3, filter: ['package.json', 'lib/*.js', 'lib/**/*.js'] },
    { from: `${NODE_RS}/argon2`, to: `${NODE_RS}/argon2`, filter: ['package.json', 'index.js'] },
    { from: PKCS11JS, to: PKCS11JS, filter: ['package.json', 'index.js'] },
    { from: KOFFI, to: KOFFI, filter: ['package.json', 'index.cjs', 'src/koffi/*.cjs', 'src/koffi/src/*.cjs'] },
  ],
  linux: {
    target: ['deb', 'AppImage'],
    executableName: 'tra-my',
    category: 'Office',
    icon: 'build/icons/icon.png',
    files: machineCode('linux', 'gnu'),
  },
  win: {
    target: ['nsis'],
    executableName: 'tra-my',
    icon: 'build/icons/icon.ico',
    files: machineCode('win32', 'msvc'),
  },
  // Office machines get new versions from their administrator.
  publish: null,
  electronFuses: fuses,
}

export default config
