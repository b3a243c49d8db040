import { serverEvent } from '@flux/contracts'
import type { Clock } from '@flux/runtime'
import type { Socket } from 'socket.io'
import { cutTransport, unsentBytes, writeTexts } from '../fanout/edge.ts'
import { eventPacket } from '../fanout/packet.ts'
import type { Hydrate, Known } from '../state/hydrate.ts'
import type { GatewayEvents } from './events.ts'
import type { HydrateGate } from './hydrate-gate.ts'

/** What hydrating needs. */
export interface HydratorOptions {
  readonly clock: Clock
  readonly events: Pick<GatewayEvents, 'hydrated' | 'hydrateBytes' | 'missedSince'>
  readonly gate: HydrateGate
  /** What a room holds for a client that brought this. */
  hydrateOf(room: string, known: Known): Hydrate
}

/** A client that takes nothing of its hydrates for so long is cut off, in milliseconds. */
const stallMs = 15_000

/**
 * Hands hydrates to a socket and returns their bytes; the gate is told when these have left, or the socket has.
 */
export const createHydrator = (
  socket: Socket,
  { gate, events, clock, hydrateOf }: HydratorOptions,
) => {
  let owed = 0
  /** What would be unsent if the client had taken nothing since the watch began. */
  let untaken = 0
  let cancelWatch: (() => void) | undefined
  /** Who takes nothing would hold up everybody in line. */
  const watch = () => {
    untaken = unsentBytes(socket)
    cancelWatch = clock.after(stallMs, () => {
      cancelWatch = undefined
      if (owed === 0) return
      if (unsentBytes(socket) < untaken) watch()
      else cutTransport(socket)
    })
  }
  socket.conn.once('close', () => {
    cancelWatch?.()
    gate.gone(owed)
    owed = 0
  })
  return (rooms: readonly string[], known: (room: string) => Known): number => {
    const hydrates = rooms.map((room) => hydrateOf(room, known(room)))
    const texts = hydrates.flatMap((hydrate) => hydrate.texts)
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    for (const { outcome } of hydrates) events.hydrated(outcome)
    const missed = hydrates.flatMap(({ missedSince }) => missedSince ?? [])
    if (missed.length > 0) events.missedSince(clock.now() - Math.min(...missed))
    events.hydrateBytes(bytes)
    owed += bytes
    const packets = texts.map((text) => eventPacket(serverEvent.hydrate, text))
    writeTexts(socket, packets, () => {
      owed -= bytes
      gate.gone(bytes)
    })
    if (cancelWatch) untaken += bytes
    else if (owed > 0) watch()
    return bytes
  }
}
