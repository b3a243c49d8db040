import type { Kafka } from 'kafkajs'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../telemetry/log.ts'
import type { Batch, OutRecord, ResetReason, Tail, TailOptions } from '../port.ts'
import { createProgress, type Progress } from '../tail/progress.ts'
import { createStateKeeper, type StateKeeper } from '../tail/state.ts'
import type { BusAdmin } from './admin.ts'
import { endsOf } from './cluster.ts'
import { createEndsWatch } from './ends-watch.ts'
import { keepConsuming, type Session } from './keep-consuming.ts'
import { createTailLog } from './tail-log.ts'
import { startMonitor } from './tail-monitor.ts'
import { createTailSession, type TailSession } from './tail-session.ts'

/** What a tail needs beside its own options. */
export interface TailDependencies {
  /** A client of the tail's own, which reports its connections. */
  client(onConnection: () => void): Kafka
  readonly admin: BusAdmin
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  /** Consumer groups of tails begin with this. */
  readonly groupPrefix: string
  newId(): string
  send(topic: string, records: readonly OutRecord[]): Promise<void>
  /** A callback threw: a bug. */
  fail(error: unknown): void
  onReset(reason: ResetReason): void
  /** Records that are still to be read, per topic. */
  onLag(topic: string, records: number): void
  /** Records that were read while the tail is live. */
  onLive(batch: Batch): void
}

const cleanUpMs = 2000
const maxGroups = 10

/** Callbacks whose bugs end the process instead of the consumer. */
const guarded = (options: TailOptions, fail: (error: unknown) => void): TailOptions => {
  const guard =
    <A extends unknown[]>(fn: (...args: A) => void) =>
    (...args: A) => {
      try {
        fn(...args)
      } catch (error) {
        fail(error)
      }
    }
  return {
    topics: options.topics,
    onBatch: guard((batch) => options.onBatch(batch)),
    onFloor: guard((topic, partition, low) => options.onFloor(topic, partition, low)),
    onEpoch: guard((epoch) => options.onEpoch(epoch)),
    onReset: guard((topics, reason) => options.onReset(topics, reason)),
    onState: guard((state) => options.onState(state)),
  }
}

/** Stops waiting for the deletion of groups after a while: they are swept at the next start. */
const deleteGroups = async ({ admin, clock }: TailDependencies, groups: ReadonlySet<string>) => {
  const late = Promise.withResolvers<void>()
  const cancel = clock.after(cleanUpMs, late.resolve)
  await Promise.race([
    Promise.all([...groups].map((group) => admin.deleteGroup(group))),
    late.promise,
  ])
  cancel()
}

interface Parts {
  readonly options: TailOptions
  readonly progress: Progress
  readonly state: StateKeeper
  isBehind(): boolean
}

/** The consumers of a tail, one after another. */
const startSessions = ({ options, progress, state, isBehind }: Parts, deps: TailDependencies) => {
  const { clock, log, random } = deps
  const tailLog = createTailLog({
    ...{ tail: options, progress, clock },
    newEpochId: () => deps.newId(),
    send: (topic, records) => deps.send(topic, records),
    onReset: (reason) => {
      log.warn({ reason }, 'the log is not what it was: reading it again')
      deps.onReset(reason)
    },
  })
  let connections = 0
  const kafka = deps.client(() => {
    connections += 1
  })
  const groups = new Set<string>()
  let current: TailSession | undefined
  const onPrepared = (group: string) => {
    if (groups.size === 0) void deps.admin.sweepGroups(deps.groupPrefix)
    // The broker knows this one from now on; older ones are empty by the next sweep.
    for (const old of groups) if (groups.size >= maxGroups) groups.delete(old)
    groups.add(group)
    state.aimed(isBehind())
  }
  const create = (life: Session) => {
    // A group of its own every time: a lost member would hold an old one for the session timeout.
    const group = `${deps.groupPrefix}${deps.newId()}`
    current = createTailSession(
      {
        ...{ kafka, group, tail: options, log: tailLog, progress },
        onPrepared: () => onPrepared(group),
        connections: () => connections,
        onProgress: (fetched) => (fetched ? state.fetched() : state.check()),
      },
      life,
    )
    return current.consumer
  }
  const consuming = keepConsuming({
    ...{ topics: [...options.topics.keys()], concurrency: 1, clock, random, log, create },
    group: deps.groupPrefix,
    eachBatch: async (payload) => await current?.eachBatch(payload),
    quietMs: () => clock.monotonic() - (state.lastFetchAt() ?? Number.NEGATIVE_INFINITY),
    onDown: () => undefined,
  })
  return { consuming, tailLog, groups, current: () => current }
}

/** Keeps a tail going. See `Bus.tail` and `Tail`. */
export const startTail = (given: TailOptions, deps: TailDependencies): Tail => {
  const { clock, log } = deps
  const told = guarded(given, deps.fail)
  const options: TailOptions = {
    ...told,
    onBatch: (batch) => {
      if (state.state() === 'live') deps.onLive(batch)
      told.onBatch(batch)
    },
  }
  const topics = [...options.topics.keys()]
  const progress = createProgress()
  const isBehind = () => progress.behind().length > 0
  const state = createStateKeeper({ clock, isBehind, onState: (s) => options.onState(s) })
  const { consuming, tailLog, groups, current } = startSessions(
    { options, progress, state, isBehind },
    deps,
  )
  const endsWatch = createEndsWatch(clock, async () => {
    const cluster = current()?.cluster()
    return cluster && (await endsOf(cluster, topics))
  })
  const stopMonitor = startMonitor({
    ...{ clock, log, progress, state },
    session: current,
    ends: () => endsWatch.fresh(),
    observe: (before, ends) => tailLog.observe(before, ends),
    onLag: (topic, records) => deps.onLag(topic, records),
  })
  return {
    state: () => state.state(),
    lastFetchAt: () => state.lastFetchAt(),
    positions: (topic) => progress.positions(topic),
    ends: async (topic) =>
      state.state() === 'dark' ? undefined : (await endsWatch.latest())?.get(topic),
    close: async () => {
      stopMonitor()
      await consuming.close()
      await deleteGroups(deps, groups)
    },
  }
}
