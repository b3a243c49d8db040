import { systemClock } from '@flux/runtime'
import { WebSocket } from 'ws'

/** A WebSocket to the replica on which a test writes what it likes. */
export interface Wire {
  /** Whether it can still be written to. */
  isOpen(): boolean
  send(data: string | Uint8Array): void
  /** Resolves when so many texts have come, the other side has closed, or the time is over. */
  until(texts: number, withinMs: number): Promise<void>
  /** Texts that came since the last call. */
  take(): readonly string[]
  close(): void
}

/** Connects at the level of WebSocket: nothing of Engine.IO is said yet. Rejects when it is refused. */
export const openWire = async (url: string): Promise<Wire> => {
  const socket = new WebSocket(
    `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
    {
      // Offered, and refused by the server: what comes compressed is an error there.
      perMessageDeflate: true,
    },
  )
  let texts: string[] = []
  let wake = () => {}
  socket.on('message', (data) => {
    texts.push(String(data))
    wake()
  })
  socket.on('close', () => wake())
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  // A connection that the server cuts under a write is no failure of this program.
  socket.on('error', () => wake())
  const isOpen = () => socket.readyState === WebSocket.OPEN
  return {
    isOpen,
    send: (data) => {
      if (isOpen()) socket.send(data)
    },
    until: async (count, withinMs) => {
      const deadline = systemClock.monotonic() + withinMs
      while (isOpen() && texts.length < count && systemClock.monotonic() < deadline) {
        const woken = new Promise<void>((resolve) => {
          wake = resolve
        })
        await Promise.race([woken, systemClock.sleep(20)])
      }
    },
    take: () => {
      const taken = texts
      texts = []
      return taken
    },
    close: () => socket.terminate(),
  }
}

/** Connects as a guest with a session, ready for messages. Rejects when it gets none. */
export const openSession = async (url: string): Promise<Wire> => {
  const wire = await openWire(url)
  wire.send('40{}')
  await wire.until(3, 5_000)
  if (!wire.take().some((text) => text.startsWith('40'))) throw new Error('no session was given')
  return wire
}
