import type { Server } from 'socket.io'

/** Anything that reads an unknown message. */
interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false }
}

/** The other replicas. Nothing is acknowledged: who is away misses it, and nobody waits. */
export interface Peers {
  /** False for a replica that stands alone, or whose way to the others is cut. */
  reached(): boolean
  tell(event: string, message: object): void
  /** What another replica told; anything that breaks the schema is dropped. */
  on<T>(event: string, schema: Schema<T>, fn: (message: T) => void): void
}

/** The replicas behind the adapter of `io`; `reached` is `undefined` where there is no adapter. */
export const createPeers = (io: Server, reached: (() => boolean) | undefined): Peers => ({
  reached: () => reached?.() ?? false,
  tell: (event, message) => {
    if (reached) io.serverSideEmit(event, message)
  },
  on: (event, schema, fn) => {
    io.on(event, (payload: unknown) => {
      const parsed = schema.safeParse(payload)
      if (parsed.success) fn(parsed.data)
    })
  },
})
