import { FluxError } from '../../errors.ts'
import { fullJitter } from '../../flow/backoff.ts'
import type { Log } from '../../telemetry/log.ts'
import type { Assignment } from '../group/assigner.ts'
import { createLeader } from '../group/leader.ts'
import { fenceMs, redelivery, sessionTimeoutMs } from '../group/timing.ts'
import type { GroupOptions, InRecord, Member } from '../port.ts'
import type { MemoryBroker } from './broker.ts'

/** How a member sees the broker. */
export interface Reach {
  reachable(): boolean
  /** Milliseconds since it was last reachable. */
  age(): number
}

/** What a member works with. */
export interface MemberDependencies {
  readonly broker: MemoryBroker
  readonly reach: Reach
  readonly random: () => number
  readonly log: Log
}

const keyOf = (topic: string, partition: number) => `${topic}/${partition}`

/** Works through one partition, record by record, until it is taken away. */
const work = async (
  place: { readonly topic: string; readonly partition: number; readonly signal: AbortSignal },
  options: GroupOptions,
  { broker, reach, random, log }: MemberDependencies,
): Promise<void> => {
  const { committed } = broker.groups.of(options.group)
  const { topic, partition, signal } = place
  const key = keyOf(topic, partition)
  const context = { signal, heartbeat: () => Promise.resolve() }
  const next = (): InRecord | undefined =>
    reach.reachable() ? broker.from(topic, partition, committed.get(key) ?? 0)[0] : undefined
  const changed = async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const stop = broker.onChange(resolve)
    const onAbort = () => resolve()
    signal.addEventListener('abort', onAbort, { once: true })
    await promise
    signal.removeEventListener('abort', onAbort)
    stop()
  }
  for (let failures = 0; !signal.aborted; ) {
    const record = next()
    if (!record) {
      await changed()
      continue
    }
    try {
      await options.handler(record, context)
      failures = 0
      if (!signal.aborted) committed.set(key, record.offset + 1)
    } catch (error) {
      if (signal.aborted) return
      log.warn({ topic, partition, offset: record.offset, err: error }, 'handler failed')
      await broker.clock
        .sleep(fullJitter(failures, redelivery, random), signal)
        .catch(() => undefined)
      failures += 1
    }
  }
}

/** The partitions that a member works on; a change leaves those alone that stay. */
const createWorkers = (options: GroupOptions, deps: MemberDependencies) => {
  const running = new Map<
    string,
    { readonly abort: AbortController; readonly done: Promise<void> }
  >()
  const wantedOf = (assignment: Assignment) =>
    Object.entries(assignment).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic, partition, key: keyOf(topic, partition) })),
    )
  const stop = (keep: ReadonlySet<string>) => {
    const stopped = [...running].filter(([key]) => !keep.has(key))
    for (const [key, { abort }] of stopped) {
      abort.abort(new FluxError('not_assigned', 'the partition is lost'))
      running.delete(key)
    }
    return Promise.all(stopped.map(([, { done }]) => done))
  }
  const assign = (assignment: Assignment) => {
    const wanted = wantedOf(assignment)
    void stop(new Set(wanted.map(({ key }) => key)))
    for (const { topic, partition, key } of wanted) {
      if (running.has(key)) continue
      const abort = new AbortController()
      const done = work({ topic, partition, signal: abort.signal }, options, deps)
      running.set(key, { abort, done })
    }
  }
  return { assign, stop }
}

/** Joins a group in memory. See `Bus.join`. `expel` takes the member out as a session timeout does. */
export const joinMemoryGroup = (
  options: GroupOptions,
  deps: MemberDependencies,
): Member & { expel(): void } => {
  const { broker, reach, random, log } = deps
  const { groups } = broker
  const { group, leadTopic, onLead } = options
  const { clock } = broker
  const id = groups.newId()
  const workers = createWorkers(options, deps)
  const leader = createLeader({
    ...{ clock, random, log, group, fenceMs, onLead },
    sessionMs: sessionTimeoutMs,
    age: () => reach.age(),
  })
  const assign = (assignment: Assignment) => {
    workers.assign(assignment)
    leader.own(leadTopic !== undefined && assignment[leadTopic]?.includes(0) === true)
  }
  const enter = () => {
    groups.of(group).members.set(id, { options, leader, assign })
    groups.rebalance(group)
  }
  const leave = () => {
    if (groups.of(group).members.delete(id)) groups.rebalance(group)
  }
  const counts = () => {
    const known = new Set(broker.topics())
    return options.topics.map((t) => (known.has(t) ? broker.ends(t).length : 0)).join()
  }
  let seen = ''
  let closed = false
  /** Joins when the broker can be reached, again after an expulsion, and when topics appear or grow. */
  const attend = () => {
    if (closed || !reach.reachable()) return
    const now = counts()
    const isIn = groups.of(group).members.has(id)
    if (isIn && now === seen) return
    seen = now
    if (isIn) groups.rebalance(group)
    else enter()
  }
  const stopAttending = broker.onChange(attend)
  broker.changed()
  return {
    leadership: leader.leadership,
    healthy: () => groups.of(group).members.has(id) && reach.age() < sessionTimeoutMs,
    expel: () => {
      leave()
      assign({})
    },
    close: async () => {
      closed = true
      stopAttending()
      await leader.close()
      const stopped = workers.stop(new Set())
      leave()
      await stopped
    },
  }
}
