// Shares as people read them: the exact fraction, and per cent with one decimal and a comma.

/** `53,3 %`: rounded half up in whole numbers, so that no binary fraction tips a tenth. Null for a share of nothing. */
export function percent(count: number, base: number): string | null {
  if (base === 0) return null
  const tenths = Math.floor((count * 2000 + base) / (2 * base))
  return `${Math.floor(tenths / 10)},${tenths % 10} %`
}

export interface Share {
  /** `8/15` */
  readonly fraction: string
  readonly percent: string | null
}

export function share(count: number, base: number): Share {
  return { fraction: `${count}/${base}`, percent: percent(count, base) }
}

/** Width of a bar, 0 to 100, for CSS. */
export function barWidth(count: number, base: number): number {
  return base === 0 ? 0 : Math.min(100, (count / base) * 100)
}
