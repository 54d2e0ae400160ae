// The frames of one page as Electron's `senderFrame` tells them: address, parent, and the world in which the preload runs.
import { originOf, toAppUrl } from './app-urls.ts'

export interface HostFrame {
  url: string
  origin: string
  parent: HostFrame | null
  detached: boolean
  readonly frameTreeNodeId: number
  contextId: number | undefined
  readonly top: HostFrame
}

export interface FrameNode {
  readonly id: string
  readonly parentId?: string
  readonly url: string
}

/** Made as the browser tells of them, and kept by the browser's own id. */
export class FrameTree {
  private readonly frames = new Map<string, HostFrame>()

  get(id: string): HostFrame {
    const known = this.frames.get(id)
    if (known) return known
    const made: HostFrame = {
      url: '',
      origin: 'null',
      parent: null,
      detached: false,
      frameTreeNodeId: this.frames.size + 1,
      contextId: undefined,
      get top(): HostFrame {
        return this.parent?.top ?? this
      },
    }
    this.frames.set(id, made)
    return made
  }

  navigated(node: FrameNode): HostFrame {
    const frame = this.get(node.id)
    frame.url = toAppUrl(node.url)
    frame.origin = originOf(frame.url)
    frame.parent = node.parentId === undefined ? null : this.get(node.parentId)
    return frame
  }

  detach(id: string): void {
    const frame = this.frames.get(id)
    if (frame) frame.detached = true
    this.frames.delete(id)
  }

  /** The frame whose preload speaks from this execution context. */
  ofContext(contextId: number): HostFrame | null {
    return Array.from(this.frames.values()).find((frame) => frame.contextId === contextId) ?? null
  }
}
