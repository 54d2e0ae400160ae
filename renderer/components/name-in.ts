// The name that people know in a distinguished name as the report writes it.

/** The common name; where there is none, the whole. @param subject as `CN=Nguyễn Văn Ưởng, O=UBND xã Trà My` in any order */
export function nameIn(subject: string): string {
  const common = /(?:^|[,+]\s*)CN=((?:\\.|[^,+\\])*)/.exec(subject)?.[1]
  return common === undefined ? subject : common.replace(/\\(.)/g, '$1').trim()
}
