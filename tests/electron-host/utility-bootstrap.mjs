import { EventEmitter } from 'node:events'
import { pathToFileURL } from 'node:url'

/** Gives the child `process.parentPort`; messages that arrive before its first listener wait, as Electron's port does. */
const port = new EventEmitter(),
  early = []
let started = false
const start = () => {
  started = true
  for (const data of early.splice(0)) port.emit('message', { data, ports: [] })
}
port.on('newListener', (name) => {
  if (name === 'message' && !started) queueMicrotask(start)
})
port.postMessage = (message) => process.send(message)
port.start = start
process.on('message', (data) => {
  if (started) port.emit('message', { data, ports: [] })
  else early.push(data)
})
process.parentPort = port
const [modulePath, ...rest] = process.argv.slice(2)
process.argv.splice(1, process.argv.length, modulePath, ...rest)
await import(pathToFileURL(modulePath).href)
