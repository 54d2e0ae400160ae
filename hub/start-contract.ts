// What the desktop, the command line and the tests need to know to start the hub as a process, and nothing more of it.

/** Given as one JSON argument to `hub/main.ts`. */
export interface HubOptions {
  /** Folder of the ledger, the papers and the hub's key; made when missing. */
  readonly dataFolder: string
  readonly host: string
  /** 0 lets the system choose; the answer is in `HubListening`. */
  readonly port: number
  /** Folder of the built renderer, served at `/`; absent: the hub serves no screens. */
  readonly rendererFolder?: string
  /** Fill an empty ledger with the sample commune. */
  readonly sampleCommune?: boolean
  /** PEM files; without them the hub speaks plain HTTP, which browsers take as safe on loopback only. */
  readonly tls?: { readonly keyFile: string; readonly certFile: string }
  /** Origins besides the hub's own that may call it: the desktop's `app://bundle`. */
  readonly allowedOrigins?: readonly string[]
}

/** The hub's first message to its parent (`process.parentPort`, `process.send`, or a line of JSON on standard output). */
export interface HubListening {
  readonly type: 'listening'
  readonly url: string
  readonly pid: number
}
