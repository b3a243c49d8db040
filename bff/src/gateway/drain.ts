import { serverEvent } from '@flux/contracts'
import type { Clock } from '@flux/runtime'
import type { Server } from 'socket.io'
import { closeTransport } from '../fanout/edge.ts'
import type { GatewayEvents } from './events.ts'

/** Sends the clients of this replica to others without losing what they are owed. */
export interface Drain {
  isDraining(): boolean
  /**
   * No new sockets; tells the clients to leave, then closes whoever stays, spread over `windowMs` at random, while
   * delivery goes on. Resolves when nobody is left.
   */
  begin(windowMs: number): Promise<void>
  /** Lets clients in again. */
  end(): void
}

const stepMs = 50

const shuffled = <T>(items: readonly T[], random: () => number): T[] =>
  items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item)

/** A drain over the sockets of `io`. */
export const createDrain = (options: {
  io: Server
  clock: Clock
  random: () => number
  events: GatewayEvents
}): Drain => {
  const { io, clock, random, events } = options
  let draining = false

  const closePaced = async (windowMs: number) => {
    const sockets = shuffled([...io.of('/').sockets.values()], random)
    const steps = Math.max(1, Math.floor(windowMs / stepMs))
    const perStep = Math.ceil(sockets.length / steps)
    for (let first = 0; first < sockets.length; first += perStep) {
      await clock.sleep(stepMs)
      for (const socket of sockets.slice(first, first + perStep)) closeTransport(socket)
    }
  }

  return {
    isDraining: () => draining,
    begin: async (windowMs) => {
      draining = true
      const count = io.of('/').sockets.size
      events.draining(count, windowMs)
      if (count === 0) return
      io.local.emit(serverEvent.draining, { afterMs: windowMs })
      // Half of the window is the clients' own: they leave at a time of their choice.
      await clock.sleep(windowMs / 2)
      await closePaced(windowMs / 2)
    },
    end: () => {
      draining = false
    },
  }
}
