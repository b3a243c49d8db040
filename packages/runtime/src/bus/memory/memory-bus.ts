import type { Clock } from '../../clock.ts'
import { FluxError } from '../../errors.ts'
import { createLog, type Log } from '../../telemetry/log.ts'
import { sessionTimeoutMs } from '../group/timing.ts'
import type { Bus, Member, Tail } from '../port.ts'
import { createMemoryBroker, type MemoryBroker } from './broker.ts'
import { joinMemoryGroup, type Reach } from './group.ts'
import { unavailable } from './log.ts'
import { startMemoryTail } from './tail.ts'

/** What a memory bus is made of. */
export interface MemoryBusOptions {
  readonly clock: Clock
  /** The log to work on; buses with the same one see each other (default: one of its own). */
  readonly broker?: MemoryBroker
  readonly log?: Log
  readonly random?: () => number
}

/** A bus in memory, and the faults that a test plays on this bus alone. */
export interface MemoryBus extends Bus {
  readonly broker: MemoryBroker
  /** This bus cannot reach the broker any more: after the session timeout the groups go on without it. */
  cut(): void
  heal(): void
}

/** Whether and since when the broker is out of reach. */
const createReach = (broker: MemoryBroker) => {
  const { clock } = broker
  let isCut = false
  let lostAt: number | undefined
  const reachable = () => broker.up() && !isCut
  const note = () => {
    lostAt = reachable() ? undefined : (lostAt ?? clock.monotonic())
  }
  const stop = broker.onChange(note)
  const reach: Reach = {
    reachable,
    age: () => {
      note()
      return lostAt === undefined ? 0 : clock.monotonic() - lostAt
    },
  }
  const setCut = (cut: boolean) => {
    isCut = cut
    note()
    broker.changed()
  }
  return { reach, setCut, stop }
}

/** The bus for unit tests: delivers in microtasks, with the port's semantics and no compaction. */
export const createMemoryBus = (options: MemoryBusOptions): MemoryBus => {
  const { clock } = options
  const broker = options.broker ?? createMemoryBroker({ clock })
  const log = options.log ?? createLog({ name: 'memory-bus', level: 'silent' })
  const { reach, setCut, stop } = createReach(broker)
  const deps = {
    ...{ broker, log, reach },
    random: options.random ?? Math.random,
  }
  const members = new Set<Member & { expel(): void }>()
  const tails = new Set<Tail>()
  let closed = false
  let cancelExpulsion = () => {}

  /** Every call passes here: closed, out of reach, or done a microtask later. */
  const call = async <T>(work: () => T): Promise<T> => {
    await Promise.resolve()
    if (closed) throw new FluxError('bus_closed', 'the bus is closed')
    if (!reach.reachable()) throw unavailable()
    return work()
  }
  return {
    broker,
    cut: () => {
      setCut(true)
      cancelExpulsion = clock.after(sessionTimeoutMs, () => {
        for (const member of members) member.expel()
      })
    },
    heal: () => {
      cancelExpulsion()
      setCut(false)
    },
    send: async (topic, records, signal) => {
      signal?.throwIfAborted()
      await call(() => broker.append(topic, records))
    },
    join: (group) => {
      const member = joinMemoryGroup(group, deps)
      members.add(member)
      return Promise.resolve(member)
    },
    tail: (tail) => {
      const started = startMemoryTail(broker, tail, () => reach.reachable())
      tails.add(started)
      return started
    },
    read: (topic) =>
      call(() =>
        broker.ends(topic).flatMap(({ low }, partition) => broker.from(topic, partition, low)),
      ),
    ends: (topic) => call(() => broker.ends(topic)),
    ensureTopics: (topics) => call(() => broker.ensure(topics)),
    close: async () => {
      closed = true
      cancelExpulsion()
      await Promise.all([...members, ...tails].map((part) => part.close()))
      stop()
    },
  }
}
