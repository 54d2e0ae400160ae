// Zooming by hand: Ctrl with the wheel, a pinch on a touchpad (which arrives as the same event), two fingers on a touch screen.
import { useEffect, useRef } from 'react'
import type { Pages } from './use-pages.ts'
import { clampFactor, wheelFactor } from './zoom.ts'

type Pinch = { readonly distance: number; readonly factor: number }

export function useGestures(pages: Pages): void {
  const latest = useRef(pages)
  useEffect(() => {
    latest.current = pages
  })
  const { scroller } = pages
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    let pinch: Pinch | null = null
    const zoom = (factor: number, clientX: number, clientY: number): void => {
      const box = element.getBoundingClientRect()
      latest.current.zoomTo({ kind: 'factor', factor }, { x: clientX - box.left, y: clientY - box.top })
    }
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      zoom(wheelFactor(latest.current.factor, event.deltaY), event.clientX, event.clientY)
    }
    const onTouchStart = (event: TouchEvent): void => {
      const fingers = twoFingers(event)
      pinch = fingers === null ? null : { distance: fingers.distance, factor: latest.current.factor }
    }
    const onTouchMove = (event: TouchEvent): void => {
      const fingers = twoFingers(event)
      if (fingers === null || pinch === null) return
      event.preventDefault()
      zoom(clampFactor((pinch.factor * fingers.distance) / pinch.distance), fingers.x, fingers.y)
    }
    // React listens passively to these, and a passive listener cannot keep the browser from zooming the whole page.
    element.addEventListener('wheel', onWheel, { passive: false })
    element.addEventListener('touchstart', onTouchStart, { passive: true })
    element.addEventListener('touchmove', onTouchMove, { passive: false })
    return () => {
      element.removeEventListener('wheel', onWheel)
      element.removeEventListener('touchstart', onTouchStart)
      element.removeEventListener('touchmove', onTouchMove)
    }
  }, [scroller])
}

function twoFingers(event: TouchEvent): { readonly distance: number; readonly x: number; readonly y: number } | null {
  const [one, other] = Array.from(event.touches)
  if (one === undefined || other === undefined || event.touches.length > 2) return null
  return {
    distance: Math.max(1, Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)),
    x: (one.clientX + other.clientX) / 2,
    y: (one.clientY + other.clientY) / 2,
  }
}
