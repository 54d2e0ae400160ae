// Remembers what was made of an object, by identity: an unchanged part of a state gives the very same part of a view.

/** @returns a function that calls `make` once per object */
export function once<I extends object, O>(make: (input: I) => O): (input: I) => O {
  const made = new WeakMap<I, O>()
  return (input) => {
    const known = made.get(input)
    if (known !== undefined) return known
    const fresh = make(input)
    made.set(input, fresh)
    return fresh
  }
}

/** As `once`, for every row of a table; the table itself is remembered too. */
export function onceEach<I extends object, O>(
  make: (row: I) => O,
): (rows: Readonly<Record<string, I>>) => Readonly<Record<string, O>> {
  const row = once(make)
  return once((rows: Readonly<Record<string, I>>) =>
    Object.fromEntries(Object.entries(rows).map(([id, value]) => [id, row(value)])),
  )
}
