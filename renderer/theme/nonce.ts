// The page's style nonce: put into the meta element by whoever serves the page, and given to everything that adds a style element.

/** Stands in the page until it is served; in development it stays, and there is no policy to satisfy. */
const PLACEHOLDER = /^_{2,}/

/** @returns undefined where the page came without a policy */
export function styleNonce(): string | undefined {
  const content = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''
  return content === '' || PLACEHOLDER.test(content) ? undefined : content
}

/** The scroll lock of dialogs adds a style element of its own and looks for the nonce under this name. */
export function announceNonce(nonce: string | undefined): void {
  if (nonce !== undefined) Object.assign(globalThis, { __webpack_nonce__: nonce })
}
