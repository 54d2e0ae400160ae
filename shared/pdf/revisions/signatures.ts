// Signatures for those who build on the reader: what they are and how they are read.
export { readSignatures } from './read-signatures.ts'
export { signedBytes } from './signed-bytes.ts'
export type { FieldSelection, PdfSignature, SignatureFinding, SignatureNote, Span } from './signature.ts'
