// One file over a line that is cut: sent whole and again from its start, against our parts. Prints bytes on the wire and time.
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { devicePacing } from '../../renderer/replica/blobs/retry.ts'
import { uploadPaper } from '../../renderer/replica/blobs/upload-paper.ts'
import { deviceOf, seededRandom, sha256Of, startBlobHub } from '../journeys/blob-hub.ts'
import { startCuttingProxy } from '../journeys/cutting-proxy.ts'
import { nextRevision, pdfOf } from '../journeys/sample-pdf.ts'

const SEED = Number(process.env.TRA_MY_SEED ?? 20261122)
const FILE_MB = 16
const MEAN_LIFETIMES_MB = [4, 8, 16, 64, Infinity]
/** Above this a person has given up long ago. */
const MOST_TRIES = 100

const MB = 1 << 20
const live = new AbortController().signal
const folder = await mkdtemp(join(tmpdir(), 'tra-my-bench-blobs-'))

/** A server that takes a file in one request: written, fsynced, renamed, and its hash checked, as ours. */
async function startWholeServer(): Promise<{ readonly port: number; close(): void }> {
  const path = join(folder, 'whole')
  await mkdir(path, { recursive: true })
  const server = createServer((request, response) => {
    const draft = join(path, `draft-${performance.now()}`)
    const hash = createHash('sha256')
    const receive = async () => {
      const file = await open(draft, 'wx')
      try {
        for await (const bytes of request as AsyncIterable<Buffer>) {
          hash.update(bytes)
          await file.write(bytes)
        }
        await file.sync()
      } finally {
        await file.close()
      }
      if (hash.digest('hex') !== request.url?.slice(1)) throw new Error('other bytes')
      await rename(draft, join(path, request.url.slice(1)))
      response.end()
    }
    receive().catch(() => {
      response.destroy()
      return rm(draft, { force: true })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Answers the tries it took, or null when it never arrived. */
async function putWhole(url: string, bytes: Buffer): Promise<number | null> {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    try {
      const response = await fetch(`${url}/${sha256Of(bytes)}`, { method: 'PUT', body: new Uint8Array(bytes) })
      await response.arrayBuffer()
      if (response.ok) return tries
    } catch {
      await devicePacing.wait(75, live)
    }
  }
  return null
}

const figure = (value: number) => value.toFixed(1).padStart(8)

console.log(`seed ${SEED}, ${FILE_MB} MB file, lifetimes of connections exponential with this mean`)
console.log(
  'mean MB |  whole: MB on the wire, s, tries |  parts: MB on the wire, s, cuts | +60 kB revision: MB | bytes ratio | time ratio',
)
try {
  for (const mean of MEAN_LIFETIMES_MB) {
    const random = seededRandom(SEED + (Number.isFinite(mean) ? mean : 0))
    const lifetime = () => (Number.isFinite(mean) ? Math.ceil(-Math.log(1 - random()) * mean * MB) : Infinity)
    const bytes = pdfOf(FILE_MB * MB, SEED + mean)

    const wholeServer = await startWholeServer()
    const wholeLine = await startCuttingProxy(wholeServer.port, lifetime)
    let began = performance.now()
    const tries = await putWhole(wholeLine.url, bytes)
    const wholeSeconds = (performance.now() - began) / 1000
    const wholeBytes = wholeLine.counted.fromClients
    await wholeLine.close()
    wholeServer.close()

    const hub = await startBlobHub(join(folder, `parts-${mean}`))
    const line = await startCuttingProxy(hub.port, lifetime)
    const device = deviceOf('thu-ky', line.url)
    const send = async (paper: Buffer) => {
      const sent = await uploadPaper(new Blob([new Uint8Array(paper)]), device, () => {}, live)
      if (!sent.ok) throw new Error(sent.code)
    }
    began = performance.now()
    await send(bytes)
    const partSeconds = (performance.now() - began) / 1000
    const { fromClients: partBytes, cuts } = { ...line.counted }
    line.reset()
    await send(nextRevision(bytes, 60_000, SEED))
    const revisionBytes = line.counted.fromClients
    await line.close()
    await hub.close()

    console.log(
      `${figure(mean)}| ${figure(wholeBytes / MB)} ${figure(wholeSeconds)} ${String(tries ?? 'never').padStart(6)} | ` +
        `${figure(partBytes / MB)} ${figure(partSeconds)} ${String(cuts).padStart(4)} | ${figure(revisionBytes / MB)} | ` +
        `${figure(wholeBytes / partBytes)} | ${figure(wholeSeconds / partSeconds)}`,
    )
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
