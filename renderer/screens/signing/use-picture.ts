// The picture of a signature or a seal: made small and plain when it is chosen, and remembered on this device under the person's key.
import { useCallback, useEffect, useState } from 'react'
import { fromBase64, toBase64 } from '../../../shared/text/base64.ts'
import { useWorkplace } from '../../client/provider.tsx'

export type PictureRole = 'personal' | 'agency' | 'initials'

/** Pixels of the longer side: 60 mm at 600 dpi. */
const MOST_PIXELS = 1400
/** What the desktop takes, with room to spare. */
const MOST_BYTES = 1_900_000

export interface RoleImage {
  readonly bytes: Uint8Array | null
  /** For an `<img>`; null while there is none. */
  readonly url: string | null
  /** @returns false when the file is no picture */
  readonly choose: (file: File) => Promise<boolean>
  readonly forget: () => Promise<void>
}

/** @param role null: this role has no picture */
export function usePicture(role: PictureRole | null): RoleImage {
  const { settings } = useWorkplace()
  const key = role === null ? null : `signing-picture/${role}`
  const [kept, setKept] = useState<{ readonly key: string | null; readonly bytes: Uint8Array | null }>({
    key: null,
    bytes: null,
  })
  useEffect(() => {
    if (key === null) return
    let stopped = false
    void settings.read(key).then((found) => {
      const text = found.ok && typeof found.value === 'string' ? found.value : ''
      if (!stopped) setKept({ key, bytes: text === '' ? null : fromBase64(text) })
    })
    return () => {
      stopped = true
    }
  }, [key, settings])
  const bytes = kept.key === key ? kept.bytes : null
  const url = useObjectUrl(bytes)
  const choose = useCallback(
    async (file: File) => {
      const png = await plainPng(file)
      if (png === null || key === null) return false
      setKept({ key, bytes: png })
      // Where nothing can be kept, the picture still serves until the screen is left.
      await settings.write(key, toBase64(png))
      return true
    },
    [key, settings],
  )
  const forget = useCallback(async () => {
    if (key === null) return
    setKept({ key, bytes: null })
    await settings.remove(key)
  }, [key, settings])
  return { bytes, url, choose, forget }
}

function useObjectUrl(bytes: Uint8Array | null): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (bytes === null) return
    const made = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'image/png' }))
    setUrl(made)
    return () => {
      URL.revokeObjectURL(made)
      setUrl(null)
    }
  }, [bytes])
  return bytes === null ? null : url
}

/** Any picture the browser reads, as the PNG that the writer of signatures takes: 8 bits, not interlaced. */
async function plainPng(file: File): Promise<Uint8Array | null> {
  try {
    const picture = await createImageBitmap(file)
    for (let most = MOST_PIXELS; most > 200; most /= 2) {
      const share = Math.min(1, most / Math.max(picture.width, picture.height))
      const canvas = document.createElement('canvas')
      canvas.width = Math.max(1, Math.round(picture.width * share))
      canvas.height = Math.max(1, Math.round(picture.height * share))
      canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
      if (blob !== null && blob.size <= MOST_BYTES) return new Uint8Array(await blob.arrayBuffer())
    }
    return null
  } catch {
    return null
  }
}
