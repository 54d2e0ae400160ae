// What can be wrong with a CMS signature, as closed codes, and how much each of them weighs.

/** `invalid`: the signature proves nothing. `weak`: it proves what its algorithms still can. `notice`: unusual, and no more. */
export type CmsWeight = 'invalid' | 'weak' | 'notice'

export const CMS_REASONS = {
  // It cannot be read at all.
  'too-large': 'invalid',
  'not-cms': 'invalid',
  'not-signed-data': 'invalid',
  'no-signer': 'invalid',
  'several-signers': 'invalid',

  // How it is written.
  'encoding-ber': 'notice',
  'signed-attributes-not-der': 'invalid',
  /** The signature was checked over them as they stand; RFC 5652 §5.4 wants them sorted. */
  'signed-attributes-unsorted': 'notice',
  'version-unexpected': 'notice',

  // What is signed.
  'content-attached': 'invalid',
  'content-missing': 'invalid',
  'content-type-unexpected': 'invalid',
  'signed-attributes-missing': 'invalid',
  'content-type-missing': 'invalid',
  'content-type-mismatch': 'invalid',
  'message-digest-missing': 'invalid',
  'message-digest-mismatch': 'invalid',
  'attribute-repeated': 'invalid',
  'attribute-malformed': 'invalid',

  // Whose it is.
  'signer-certificate-missing': 'invalid',
  /** Several certificates bear that name and number, and no signing-certificate attribute says which. */
  'signer-certificate-ambiguous': 'invalid',
  /** No signing-certificate attribute: usual before PAdES, not allowed in it. The caller decides. */
  'ess-missing': 'notice',
  /** The signing-certificate attribute names another certificate. */
  'certificate-swapped': 'invalid',
  'ess-issuer-mismatch': 'invalid',
  'ess-hash-unknown': 'invalid',
  'ess-hash-weak': 'weak',

  // With what it is made.
  'digest-algorithm-unknown': 'invalid',
  'digest-algorithm-mismatch': 'invalid',
  'digest-algorithm-unlisted': 'notice',
  'signature-algorithm-unknown': 'invalid',
  'algorithm-protection-mismatch': 'invalid',
  'key-unknown': 'invalid',
  'key-mismatch': 'invalid',
  'key-weak': 'weak',
  'hash-weak': 'weak',
  'signature-invalid': 'invalid',
} as const satisfies Record<string, CmsWeight>

export type CmsReason = keyof typeof CMS_REASONS

/** Whether none of the reasons takes the signature's proof away. */
export function provesContent(reasons: readonly CmsReason[]): boolean {
  return reasons.every((reason) => CMS_REASONS[reason] !== 'invalid')
}
