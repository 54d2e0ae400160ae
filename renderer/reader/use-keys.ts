// Keys of the reader: pressed inside it, or while nothing on the screen has the focus.
import { useEffect, useRef, type RefObject } from 'react'
import { commandOf, type ReaderCommand } from './keyboard.ts'

/** Where keys such as Home and the arrows have a meaning of their own. */
const OWN_KEYS = 'input, textarea, [contenteditable="true"], [role="tablist"], [role="menu"]'

/** @param run does what a key asks for, and says whether it did: then the key has no other effect */
export function useKeys(
  root: RefObject<HTMLElement | null>,
  run: (command: ReaderCommand, key: string) => boolean,
): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target, key, ctrlKey, metaKey, shiftKey, altKey } = event
      if (event.defaultPrevented || !(target instanceof Element)) return
      // Ctrl+F right after opening must not find in the screen around the paper, of which only a part exists.
      if (target !== document.body && root.current?.contains(target) !== true) return
      const command = commandOf({ key, ctrlKey, metaKey, shiftKey, altKey, editing: target.closest(OWN_KEYS) !== null })
      if (command !== null && latest.current(command, key)) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [root])
}
