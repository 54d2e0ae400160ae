// What the PIN window shows and what it answers: types alone, for the page and for the desktop process behind it.

/** Where the mark will stand, on a page as it is looked at: turned, in points from its upper left corner. */
export interface MarkOnPage {
  /** From 1. */
  readonly page: number
  readonly pages: number
  readonly width: number
  readonly height: number
  readonly mark: { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
}

export interface ConfirmView {
  readonly documents: readonly {
    readonly name: string
    /** null: nothing will be seen on the paper. */
    readonly mark: MarkOnPage | null
  }[]
  readonly role: 'personal' | 'agency' | 'annex' | 'copy' | 'initials' | 'plain'
  readonly certify: boolean
  readonly reason: string | null
  readonly level: 'B-B' | 'B-T' | 'B-LT' | 'B-LTA'
  readonly certificate: {
    readonly owner: string
    readonly organization: string | null
    readonly issuer: string
    readonly serialNumber: string
    /** ISO 8601 */
    readonly notAfter: string | null
  }
  readonly token: string
  /** `absent`: the token is not plugged in now. */
  readonly pin: 'ready' | 'few-left' | 'last-try' | 'locked' | 'must-change' | 'not-set' | 'absent'
  /** The PIN is typed on the device, not here. */
  readonly pinPad: boolean
  /** PNG of the mark, in base64; null: there is none. */
  readonly picture: string | null
}

/** Given to the page by the preload in Electron; over the agent's own address in a browser. */
export interface ConfirmDoor {
  /** null: this window's question is over. */
  read(): Promise<ConfirmView | null>
  /** @param pin UTF-8; null where it is typed on the device. @returns whether it was taken */
  answer(pin: Uint8Array | null, acceptLastTry: boolean): Promise<boolean>
  cancel(): void
}

/** The name under which the preload puts the door on the window of the PIN page. */
export const CONFIRM_KEY = 'traMyConfirm'

/** CK_UTF8CHAR of a PIN; no token takes more (electron/signing/protocol.ts). */
export const PIN_BYTES = 255
