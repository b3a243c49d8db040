import type { Clock } from '@flux/runtime'
import type { Stored } from '../state/decode.ts'
import { bufferedBytes, cutTransport, unsentBytes } from './edge.ts'
import { type HydrateOf, hydrateFrames } from './encode.ts'
import { createFrame, type Frame } from './frame.ts'
import type { Lane, Rate } from './lane.ts'
import { createMailbox, type Gap, type Missed } from './mailbox.ts'
import type { CloseReason, FanoutMetrics } from './metrics.ts'
import type { Packs, Resync } from './pending.ts'

/** What the slow ones need. */
export interface SlowOptions {
  readonly clock: Clock
  readonly metrics: FanoutMetrics
  /** Buffered bytes of one socket above which its packs go to a mailbox. */
  readonly slowBytes: number
  /** Packets, and bytes that are no packs, above which a socket is closed: no mailbox bounds these. */
  readonly maxBacklog: { readonly packets: number; readonly bytes: number }
  /** The records of gaps in a channel of a room; `undefined` when they are not all known any more. */
  missedOf(
    room: string,
    channel: string,
    gaps: ReadonlyMap<number, Gap>,
  ): readonly Stored[] | undefined
  readonly hydrateOf: HydrateOf
  onError(error: unknown): void
}

/** Writes frames to one socket. */
export type Send = (lane: Lane, frames: readonly Frame[]) => void

/** The sockets whose clients do not take what they are sent, each with its mailbox. */
export interface Slow {
  /** True when a pack may be written to the socket; it may be closed here. */
  canTake(lane: Lane): boolean
  /** From now on the lane's packs go to a mailbox. */
  open(lane: Lane): void
  /** Puts what its rooms are owed into the lane's mailbox. */
  put(lane: Lane, packs: Packs): void
  /**
   * Puts packs into the mailboxes of a rate, and writes out those whose sockets can take it again. State and packs have to
   * be at the same point, so this is called where the packs were taken, without a wait between.
   */
  serve(rate: Rate, packs: Packs): void
  /** The flush is over: who was written out is served with all others again. */
  settle(): void
  forget(lane: Lane): void
  /** Ends connections of which nothing has left for too long. */
  sweep(): void
  size(): number
  bytes(): number
}

/** No byte has left for so long: the client takes nothing any more, in milliseconds. */
const stallMs = 15_000

/** Of a pack what the lane was not given before. */
const freshOf = (frames: readonly Frame[], since: number): readonly Frame[] =>
  since === 0 ? frames : frames.filter((frame) => frame.flush > since)

const isIdle = ({ engine }: Lane): boolean =>
  engine.transport.writable && engine.writeBuffer.length === 0

/** What makes a channel whole again. */
const createRepair = ({ metrics, missedOf, hydrateOf }: SlowOptions) => {
  const hydrate = (room: string, channel: string, why: Resync) => {
    metrics.resynced('snapshot')
    return hydrateFrames(hydrateOf(room, channel, why))
  }
  return ({ room, channel, why, gaps }: Missed): readonly Frame[] => {
    if (why !== 'gap') return hydrate(room, channel, why)
    const entries = missedOf(room, channel, gaps)
    if (!entries) return hydrate(room, channel, 'snapshot')
    metrics.resynced('recovered')
    return entries.map(({ wire }) => createFrame({ event: channel, wire, key: undefined }))
  }
}

/** Nobody is watched. */
const createWatch = (clock: Clock, onReady: (rate: Rate) => void) => (lane: Lane) => {
  const { transport } = lane.engine
  let unsent = unsentBytes(lane.socket)
  let progressedAt = clock.monotonic()
  const look = () => {
    if (isIdle(lane)) onReady(lane.rate)
  }
  const onDrained = () => {
    progressedAt = clock.monotonic()
    look()
  }
  // After Engine.IO's own listener, which hands what waits to the transport.
  transport.on('ready', onDrained)
  return {
    /** What it was owed has been written in this flush. */
    isWritten: false,
    isStalled: () => {
      const left = unsentBytes(lane.socket)
      if (left < unsent || left === 0) progressedAt = clock.monotonic()
      unsent = left
      return clock.monotonic() - progressedAt >= stallMs
    },
    look,
    stop: () => transport.off('ready', onDrained),
  }
}

/** Nobody is slow. `onReady` is called when one at a rate can take something again. */
export const createSlow = (
  options: SlowOptions & { onReady(rate: Rate): void },
  send: Send,
): Slow => {
  const { metrics, slowBytes, maxBacklog } = options
  const repair = createRepair(options)
  const watch = createWatch(options.clock, options.onReady)
  const watches = new Map<Lane, ReturnType<typeof watch>>()

  const forget = (lane: Lane) => {
    watches.get(lane)?.stop()
    watches.delete(lane)
    lane.mailbox = undefined
  }
  const cut = (lane: Lane, reason: CloseReason) => {
    metrics.closed(reason)
    forget(lane)
    cutTransport(lane.socket)
  }
  const put = (lane: Lane, packs: Packs) => {
    for (const room of lane.mailbox ? lane.rooms : []) {
      const pack = packs.get(room)
      if (!pack) continue
      const frames = freshOf(pack.frames, lane.since)
      metrics.mailboxConflated(lane.mailbox?.add(room, { frames, resyncs: pack.resyncs }) ?? 0)
    }
  }
  const writeOut = (lane: Lane) => {
    const owed = lane.mailbox?.take()
    try {
      if (owed) send(lane, [...owed.missed.flatMap(repair), ...owed.frames])
    } catch (error) {
      cut(lane, 'failed')
      options.onError(error)
    }
  }

  return {
    canTake: (lane) => {
      const { packets, bytes } = maxBacklog
      const buffered = bufferedBytes(lane.engine)
      lane.behind = Math.min(lane.behind, buffered)
      const isOver = lane.engine.writeBuffer.length > packets || buffered - lane.behind > bytes
      if (isOver) cut(lane, 'backlog')
      return !isOver && lane.behind <= slowBytes
    },
    open: (lane) => {
      if (lane.engine.readyState !== 'open' || lane.mailbox) return
      lane.mailbox = createMailbox()
      watches.set(lane, watch(lane))
    },
    put,
    serve: (rate, packs) => {
      for (const [lane, own] of watches) {
        if (lane.rate !== rate) continue
        put(lane, packs)
        own.isWritten = isIdle(lane)
        if (own.isWritten) writeOut(lane)
      }
    },
    settle: () => {
      for (const [lane, { isWritten }] of watches) if (isWritten) forget(lane)
    },
    forget,
    sweep: () => {
      for (const [lane, { isStalled, look }] of watches) {
        if (isStalled()) cut(lane, 'stalled')
        else look()
      }
    },
    size: () => watches.size,
    bytes: () => watches.keys().reduce((sum, lane) => sum + (lane.mailbox?.bytes() ?? 0), 0),
  }
}
