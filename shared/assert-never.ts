// Makes a forgotten member of a union a compile error, and a loud one at run time.

/** Call in the `default` of a switch over a union. @throws always */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
