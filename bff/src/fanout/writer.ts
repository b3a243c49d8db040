import { setImmediate as yieldToLoop } from 'node:timers/promises'
import type { Clock } from '@flux/runtime'
import type { Server } from 'socket.io'
import type { Audience } from './audience.ts'
import { emitPlain, writePacked, writeTexts } from './edge.ts'
import { type Frame, textOf } from './frame.ts'
import type { Lane } from './lane.ts'
import type { FanoutMetrics } from './metrics.ts'
import { joined, type Outgoing, outgoing } from './outgoing.ts'
import type { Packs } from './pending.ts'
import type { Slow } from './slow.ts'

/** What writing needs. */
export interface WriterOptions {
  readonly io: Server
  readonly clock: Clock
  readonly metrics: FanoutMetrics
  /** False when the internals of Socket.IO are not as expected: then events are emitted in the documented way. */
  readonly isPacked: boolean
}

/** What one flush writes at one rate. */
export interface Job {
  readonly packs: Packs
  /** Who is written to, with those of its rooms that have something. */
  readonly audiences: ReadonlyMap<Audience, readonly string[]>
  readonly encoded: ReadonlyMap<string, Outgoing>
}

/** How long writing may hold the event loop, in milliseconds, and after how many sockets that is looked at. */
const sliceMs = 10
const looksEvery = 64

/** Writes frames to one socket: as one buffer where its transport takes that, else one by one. */
export const createSend =
  ({ io, metrics, isPacked }: WriterOptions) =>
  (lane: Lane, frames: readonly Frame[]): void => {
    if (frames.length === 0) return
    const out = outgoing(frames)
    const size = out.packed().length
    lane.behind += size
    metrics.flushed(frames.length, size)
    if (!isPacked) {
      const emit = emitPlain(io, [lane.id])
      for (const { event, wire } of frames) emit(event, wire)
    } else if (lane.packable) {
      writePacked(lane.engine, out.packed())
    } else {
      writeTexts(lane.socket, frames.map(textOf))
    }
  }

/** Of a room's frames those that left in later flushes than `since`. */
const laterThan = (since: number, out: Outgoing): Outgoing =>
  since === 0 ? out : outgoing(out.frames.filter((frame) => frame.flush > since))

/** Joins the rooms of audiences: once for all that have the same of them. */
const createJoiner = ({ encoded }: Job) => {
  const made = new Map<string, Outgoing>()
  return ({ since }: Audience, rooms: readonly string[]): Outgoing => {
    const key = `${since} ${rooms.join('\n')}`
    const held = made.get(key)
    if (held) return held
    const out = laterThan(since, joined(rooms.flatMap((room) => encoded.get(room) ?? [])))
    made.set(key, out)
    return out
  }
}

/** Writes jobs: one packet per socket; whoever does not take it gets a mailbox. */
export const createWriter = (options: WriterOptions, slow: Slow) => {
  const { io, clock, metrics, isPacked } = options
  let sliceStart = 0
  let leftMs = 0
  let untilLook = looksEvery

  /** The fast path: for each socket one comparison more than the write itself. */
  const writeTo = (lane: Lane, out: Outgoing, packed: Buffer): boolean => {
    // It was served where the packs were taken.
    if (lane.mailbox) return false
    if (lane.engine.transport.writable) lane.behind = 0
    else if (!slow.canTake(lane)) return false
    lane.behind += packed.length
    if (lane.packable) writePacked(lane.engine, packed)
    else writeTexts(lane.socket, out.frames.map(textOf))
    return true
  }
  const isOver = (): boolean => {
    untilLook -= 1
    if (untilLook > 0) return false
    untilLook = looksEvery
    return clock.monotonic() - sliceStart >= sliceMs
  }
  const pause = async () => {
    const from = clock.monotonic()
    await yieldToLoop()
    sliceStart = clock.monotonic()
    leftMs += sliceStart - from
  }
  const writePacks = async ({ lanes }: Audience, out: Outgoing, packs: Packs) => {
    const packed = out.packed()
    let written = 0
    for (const lane of lanes) {
      if (writeTo(lane, out, packed)) {
        written += 1
      } else if (!lane.mailbox) {
        slow.open(lane)
        slow.put(lane, packs)
      }
      if (isOver()) await pause()
    }
    metrics.flushed(written * out.frames.length, written * packed.length)
  }
  const emitAll = async ({ lanes }: Audience, { frames }: Outgoing) => {
    const emit = emitPlain(
      io,
      [...lanes].map((lane) => lane.id),
    )
    for (const { event, wire } of frames) {
      emit(event, wire)
      await pause()
    }
    metrics.flushed(lanes.size * frames.length, 0)
  }

  /** Tells how much of its time, in milliseconds, it left to the rest of the loop. */
  return async (job: Job): Promise<number> => {
    const join = createJoiner(job)
    sliceStart = clock.monotonic()
    leftMs = 0
    for (const [audience, rooms] of job.audiences) {
      const out = join(audience, rooms)
      if (out.frames.length === 0) continue
      if (isPacked) await writePacks(audience, out, job.packs)
      else await emitAll(audience, out)
    }
    return leftMs
  }
}
