// The system's name as the contract has it.

export type BridgePlatform = 'linux' | 'win32' | 'darwin' | 'other'

export function bridgePlatform(name: string): BridgePlatform {
  return name === 'linux' || name === 'win32' || name === 'darwin' ? name : 'other'
}
