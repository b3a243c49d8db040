import { Buffer } from 'node:buffer'
import { setImmediate as yieldToLoop } from 'node:timers/promises'
import type { Clock } from '@flux/runtime'
import type { Server } from 'socket.io'
import { backlogOf, cutTransport, type Outgoing, write } from './edge.ts'
import type { Group } from './group.ts'
import type { FanoutMetrics } from './metrics.ts'

/** What writing needs. */
export interface WriterOptions {
  readonly io: Server
  readonly clock: Clock
  readonly metrics: FanoutMetrics
  /** Waiting packets or bytes of one socket above which it is closed, to come back with its cursor. */
  readonly maxBacklog: { readonly packets: number; readonly bytes: number }
}

/** How long writing may hold the event loop, in milliseconds. */
const sliceMs = 10

const join = (outs: readonly Outgoing[]): Outgoing | undefined =>
  outs.length < 2
    ? outs[0]
    : { texts: outs.flatMap((o) => o.texts), packed: Buffer.concat(outs.map((o) => o.packed)) }

/** Writes each group's rooms to its sockets, joined once per group; whoever left meanwhile is skipped. */
export const createWriter = ({ io, clock, metrics, maxBacklog }: WriterOptions) => {
  const { sockets } = io.of('/')

  const writeTo = (id: string, out: Outgoing) => {
    const socket = sockets.get(id)
    if (!socket) return
    const { packets, bytes } = backlogOf(socket)
    if (packets > maxBacklog.packets || bytes > maxBacklog.bytes) {
      metrics.slowClosed()
      cutTransport(socket)
    } else {
      write(socket, out)
    }
  }

  return async (
    groups: readonly Group[],
    encoded: ReadonlyMap<string, Outgoing>,
  ): Promise<void> => {
    let sliceStart = clock.monotonic()
    for (const { rooms, sockets: ids } of groups) {
      const out = join(rooms.flatMap((room) => encoded.get(room) ?? []))
      if (!out) continue
      for (const id of ids) {
        writeTo(id, out)
        if (clock.monotonic() - sliceStart < sliceMs) continue
        await yieldToLoop()
        sliceStart = clock.monotonic()
      }
      metrics.flushed(ids.length * out.texts.length, ids.length * out.packed.length)
    }
  }
}
