import { adapterRoom } from '@flux/contracts'
import type { Server } from 'socket.io'
import { type Audiences, createAudiences } from './audience.ts'
import { localMembers } from './edge.ts'
import { encodePacks } from './encode.ts'
import type { Frame } from './frame.ts'
import type { Rate } from './lane.ts'
import { createMoves } from './moves.ts'
import type { Packs, Pending } from './pending.ts'
import { createRates } from './rates.ts'
import { createSlow, type SlowOptions } from './slow.ts'
import { createSend, createWriter, type Job, type WriterOptions } from './writer.ts'

/** Is told what leaves for a room, as a member of it would be, after the flush. */
export type Watcher = (frames: readonly Frame[]) => void

/** What flushing needs. */
export interface FlushOptions extends Omit<SlowOptions, 'onReady'>, WriterOptions {
  /** There is something to write though nothing was added. */
  onReady(): void
  /** By room. */
  readonly watchers: ReadonlyMap<string, Watcher>
  /** What these rooms were owed is lost. */
  onLost(rooms: Iterable<string>): void
}

/** Writes out what is pending to everybody to whom it is owed. */
export interface Flush {
  /** Tells how much of its time, in milliseconds, it left to the rest of the loop. */
  run(pending: Pending): Promise<number>
  /** Milliseconds until there is something to write though nothing is added; `undefined`: there is nothing. */
  dueInMs(): number | undefined
  setRate(id: string, rate: Rate): void
  /** Looks after the slow ones, and forgets who has gone. Not while a flush is being written. */
  sweep(): void
  close(): void
}

const membersIn = ({ audiences }: Job, room: string): number => {
  let count = 0
  for (const [{ lanes }, rooms] of audiences) if (rooms.includes(room)) count += lanes.size
  return count
}

const localCount = (io: Server, room: string): number =>
  localMembers(io.of('/'), adapterRoom(room))?.size ?? 0

/** All that serves sockets, each part knowing the others. */
const assemble = (options: FlushOptions) => {
  const { io, clock, hydrateOf } = options
  /** Rates at which a slow socket can take what its mailbox holds. */
  const awaited = new Set<Rate>()
  const onReady = (rate: Rate) => {
    awaited.add(rate)
    options.onReady()
  }
  const send = createSend(options)
  const slow = createSlow({ ...options, onReady }, send)
  const audiences: Audiences = createAudiences({
    namespace: io.of('/'),
    onMove: (lane, rooms) => moves.moved(lane, rooms),
  })
  const { count } = audiences
  const rates = createRates({ clock, count, isAwaited: (rate) => awaited.has(rate) })
  const moves = createMoves({ rates, slow, send, hydrateOf })
  return { slow, audiences, rates, moves, awaited, write: createWriter(options, slow) }
}

/** Takes all that is due, and brings the mailboxes up to it, without a wait between. */
const createPrepare = (
  { slow, audiences, rates, moves, awaited }: ReturnType<typeof assemble>,
  { hydrateOf, onLost, watchers }: FlushOptions,
) => {
  const jobOf = (rate: Rate, packs: Packs): Job => {
    const found = audiences.touched(rate, packs.keys())
    const rooms = new Set([...[...found.values()].flat(), ...(rate === 0 ? watchers.keys() : [])])
    const encoded = encodePacks(packs, rooms, hydrateOf)
    slow.serve(rate, packs)
    awaited.delete(rate)
    for (const lane of moves.admit(rate)) audiences.touch(lane)
    return { packs, audiences: found, encoded }
  }
  return (packs: Packs): readonly Job[] => {
    const due = rates.due()
    try {
      return [jobOf(0, packs), ...due.map((own) => jobOf(own.rate, own.packs))]
    } catch (error) {
      onLost([packs, ...due.map((own) => own.packs)].flatMap((own) => [...own.keys()]))
      throw error
    }
  }
}

/** Counts the deliveries that conflation saved. */
const createCount = ({ io, metrics }: FlushOptions) => {
  const count = (job: Job, by: 'tick' | 'rate', members: (room: string) => number) => {
    for (const [room, { conflated }] of job.packs)
      if (conflated > 0) metrics.conflated(by, conflated * members(room))
  }
  return ([base, ...limited]: readonly Job[]) => {
    if (base) {
      count(base, 'tick', (room) => localCount(io, room))
      for (const [room, { frames }] of base.packs)
        if (localCount(io, room) > 0) metrics.left(frames)
    }
    for (const job of limited) count(job, 'rate', (room) => membersIn(job, room))
  }
}

const tellWatchers = (watchers: FlushOptions['watchers'], base: Job | undefined): void => {
  for (const [room, tell] of watchers) {
    const out = base?.encoded.get(room)
    if (out) tell(out.frames)
  }
}

/** Flushes over the sockets of a server. */
export const createFlush = (options: FlushOptions): Flush => {
  const parts = assemble(options)
  const { slow, audiences, rates, moves, write } = parts
  const prepare = createPrepare(parts, options)
  const count = createCount(options)
  options.metrics.watch(() => ({
    sockets: audiences.size(),
    conflating: slow.size(),
    heldBytes: slow.bytes(),
  }))

  const run = async (pending: Pending) => {
    audiences.refresh()
    const flush = moves.begin()
    const packs = pending.take()
    for (const { frames } of packs.values()) for (const frame of frames) frame.flush = flush
    rates.merge(packs)
    const jobs = prepare(packs)
    count(jobs)
    let leftMs = 0
    try {
      for (const job of jobs) leftMs += await write(job)
      tellWatchers(options.watchers, jobs[0])
      return leftMs
    } catch (error) {
      options.onLost(jobs.flatMap((job) => [...job.packs.keys()]))
      throw error
    } finally {
      slow.settle()
    }
  }
  return {
    run,
    dueInMs: rates.dueInMs,
    setRate: (id, rate) => {
      const lane = audiences.lane(id)
      if (!lane || lane.wanted === rate) return
      lane.wanted = rate
      audiences.touch(lane)
    },
    sweep: () => {
      audiences.refresh()
      slow.sweep()
    },
    close: audiences.close,
  }
}
