// Small helpers that make elements: texts go in as text, never as markup, for names of documents are anybody's to choose.

type Child = Node | string | null

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children.filter((child) => child !== null))
  return made
}

/** A row of a list of facts; null where there is nothing to say. */
export function fact(name: string, value: string | null): readonly HTMLElement[] {
  if (value === null || value === '') return []
  return [element('dt', {}, name), element('dd', {}, value)]
}
