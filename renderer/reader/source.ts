// Where a paper comes from, and why it could not be opened.

/**
 * `bytes`: the whole file is on the device. `ranged`: it is read in ranges from the hub, so that page 1 shows before the rest is there;
 * `headers` carry the session, `length` is the size of the file in bytes.
 */
export type PdfSource =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'ranged'
      readonly url: string
      readonly headers: Readonly<Record<string, string>>
      readonly length: number
    }

/** `password`: closed by one. `corrupt`: no PDF, or damaged. `unavailable`: the hub does not give it out. */
export type OpenFailure = 'password' | 'corrupt' | 'unavailable'
