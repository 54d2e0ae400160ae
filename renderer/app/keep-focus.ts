// The keyboard never falls to the top of the page: when the focused control is taken away or disabled, its region gets the focus.
import { useEffect, type RefObject } from 'react'

/** @param region an element with `tabIndex={-1}`; what it contains may come and go */
export function useKeepFocus(region: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = region.current
    if (element === null) return
    let last: Element | null = null
    const remember = (event: FocusEvent) => {
      last = event.target instanceof Element ? event.target : null
    }
    const catchFocus = () => {
      if (last === null || document.activeElement !== document.body || stillTakesFocus(last)) return
      last = null
      element.focus({ preventScroll: true })
    }
    // Browsers move the focus away from a control that is gone without telling anyone.
    const watch = new MutationObserver(catchFocus)
    watch.observe(element, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'] })
    element.addEventListener('focusin', remember)
    return () => {
      watch.disconnect()
      element.removeEventListener('focusin', remember)
    }
  }, [region])
}

function stillTakesFocus(element: Element): boolean {
  return element.isConnected && !element.matches(':disabled')
}
