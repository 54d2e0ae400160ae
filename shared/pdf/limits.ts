// What a paper may be: every limit of reading a PDF that someone uploaded, each with its reason.

/** Largest paper in bytes. A scanned budget of 600 pages is about 120 MB; beyond 200 MB a tablet can no longer keep a meeting's papers. */
export const MAX_PAPER_BYTES = 200 * 1024 * 1024

/** Most pages of one paper. The longest annual budget books have about 1,200; what is longer is several papers and is read as such. */
export const MAX_PAGES = 2000

/** Where `%PDF-` must begin: ISO 32000-1 annex H, note 13, which viewers follow, lets up to 1,024 bytes stand before it. */
export const MAX_HEADER_OFFSET = 1024

/** How far from the end `%%EOF` may stand: same note. Mail gateways append a few bytes. */
export const MAX_TRAILING_BYTES = 1024

/** Most objects in a cross-reference: 200 for each of 2,000 pages, where dense drawings have some 20; more is an attack on memory. */
export const MAX_OBJECTS = 400_000

/** Most revisions (`/Prev` links). A paper signed by a dozen people has some thirty. */
export const MAX_REVISIONS = 1024

/** Most bytes that inflating cross-reference and object streams may yield in all: DEFLATE grows up to 1,032 times. */
export const MAX_STRUCTURE_BYTES = 64 * 1024 * 1024

/** Most bytes of plain objects (not stream data) read in all: a page tree of 2,000 pages with its resources takes about 3 MB. */
export const MAX_PARSED_BYTES = 64 * 1024 * 1024

/** Deepest nesting of arrays and dictionaries; real papers stay below 20, the call stack ends near 5,000. */
export const MAX_NESTING = 256

/** Longest title taken over, in characters: it is shown in lists. */
export const MAX_TITLE_LENGTH = 300

/** Largest file that is verified or signed, in bytes: twice a paper and more, and well below where one array of bytes ends on a tablet. */
export const MAX_SIGNED_FILE_BYTES = 512 * 1024 * 1024
