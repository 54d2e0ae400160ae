// The page's side: the bridge's outer end, and `window.open` as a window has it whose opening was denied.
import { membrane } from './membrane.ts'

declare const __HOST__: { readonly secret: string }

const { secret } = __HOST__
membrane(`${secret}>preload`, `${secret}>page`)
const dispatchEvent = Reflect.get(EventTarget.prototype, 'dispatchEvent')
const NativeEvent = CustomEvent

window.open = (url, frameName = '', features = '') => {
  const address = new URL(String(url ?? 'about:blank'), location.href).href
  const detail = { url: address, frameName, features }
  Reflect.apply(dispatchEvent, window, [new NativeEvent(`${secret}>open`, { detail })])
  return null
}
