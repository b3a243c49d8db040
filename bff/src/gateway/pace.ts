import type { Buffer } from 'node:buffer'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { setImmediate as yieldToLoop } from 'node:timers/promises'
import type { Clock } from '@flux/runtime'

/** How long handshakes may hold the event loop at a time, in milliseconds. */
const sliceMs = 5

type Upgrade = readonly [request: IncomingMessage, socket: Duplex, head: Buffer]

/** A socket that breaks while it waits is nobody's fault. */
const ignore = () => undefined

/**
 * Lets a crowd that comes at once in a slice at a time, in the order of arrival: between two slices the loop reads, delivers
 * and answers probes. To be called once all others listen to `upgrade`.
 */
export const paceUpgrades = (
  server: Pick<Server, 'listeners' | 'removeAllListeners' | 'on'>,
  clock: Clock,
): void => {
  const handlers = server.listeners('upgrade')
  const waiting: Upgrade[] = []
  let isRunning = false

  const handle = ([request, socket, head]: Upgrade) => {
    socket.off('error', ignore)
    if (socket.destroyed) return
    for (const handler of handlers) Reflect.apply(handler, server, [request, socket, head])
  }
  const run = async () => {
    isRunning = true
    let next = 0
    while (next < waiting.length) {
      const end = clock.monotonic() + sliceMs
      for (; next < waiting.length && clock.monotonic() < end; next += 1) {
        const upgrade = waiting[next]
        if (upgrade) handle(upgrade)
      }
      await yieldToLoop()
    }
    waiting.length = 0
    isRunning = false
  }
  server.removeAllListeners('upgrade')
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', ignore)
    waiting.push([request, socket, head])
    if (!isRunning) void run()
  })
}
