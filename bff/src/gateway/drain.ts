import { serverEvent } from '@flux/contracts'
import type { Clock } from '@flux/runtime'
import type { Server } from 'socket.io'
import { closeTransport, cutTransport } from '../fanout/edge.ts'
import type { GatewayEvents } from './events.ts'

/** Sends the clients of this replica to others without losing what they are owed. */
export interface Drain {
  isDraining(): boolean
  /**
   * No new sockets; tells the clients to leave, then closes whoever stays, spread over `windowMs` at random, while
   * delivery goes on. Resolves when nobody is left, or when `end` or another `begin` took its place.
   */
  begin(windowMs: number): Promise<void>
  /** Lets clients in again; nobody is sent away any more. */
  end(): void
}

const stepMs = 50
/** How long a closed socket may take to empty its buffers. */
const lingerMs = 1_000

const shuffled = <T>(items: readonly T[], random: () => number): T[] =>
  items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item)

/** How many of `count` go at a time and how long to wait before each, so that they take the whole of `windowMs`. */
export const paceOf = (count: number, windowMs: number): { perStep: number; pauseMs: number } => {
  const perStep = Math.max(1, Math.ceil(count / Math.max(1, Math.floor(windowMs / stepMs))))
  return { perStep, pauseMs: windowMs / Math.max(1, Math.ceil(count / perStep)) }
}

/** A drain over the sockets of `io`. */
export const createDrain = (options: {
  io: Server
  clock: Clock
  random: () => number
  events: GatewayEvents
}): Drain => {
  const { io, clock, random, events } = options
  const { sockets } = io.of('/')
  /** The drain that is under way: it ends when another one begins or the clients may come again. */
  let current: object | undefined

  const closePaced = async (windowMs: number, isCurrent: () => boolean) => {
    const leaving = shuffled([...sockets.values()], random)
    const { perStep, pauseMs } = paceOf(leaving.length, windowMs)
    for (let first = 0; first < leaving.length; first += perStep) {
      await clock.sleep(pauseMs)
      if (!isCurrent()) return
      for (const socket of leaving.slice(first, first + perStep)) closeTransport(socket)
    }
  }
  /** What is closed has still to empty its buffers; who does not is cut off. */
  const seeOff = async (isCurrent: () => boolean) => {
    for (let waited = 0; sockets.size > 0 && waited < lingerMs; waited += stepMs) {
      await clock.sleep(stepMs)
      if (!isCurrent()) return
    }
    for (const socket of sockets.values()) cutTransport(socket)
  }

  return {
    isDraining: () => current !== undefined,
    begin: async (windowMs) => {
      const own = {}
      current = own
      const isCurrent = () => current === own
      const count = sockets.size
      events.draining(count, windowMs)
      if (count === 0) return
      io.local.emit(serverEvent.draining, { afterMs: windowMs })
      // Half of the window is the clients' own: they leave at a time of their choice.
      await clock.sleep(windowMs / 2)
      if (!isCurrent()) return
      await closePaced(windowMs / 2, isCurrent)
      if (isCurrent()) await seeOff(isCurrent)
    },
    end: () => {
      current = undefined
    },
  }
}
