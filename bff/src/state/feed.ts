import { type Channel, channelByTopic, kafkaChannels } from '@flux/contracts'
import type {
  Batch,
  Bus,
  Clock,
  InRecord,
  Tail,
  TailOptions,
  TailStart,
  TailState,
  TopicEnds,
} from '@flux/runtime'
import type { Fanout } from '../fanout/fanout.ts'
import { type ChannelState, createChannelState } from './channel-state.ts'
import { decodeRecord } from './decode.ts'
import type { StateEvents } from './events.ts'
import type { Snapshot } from './snapshot.ts'
import { createSnapshotStates, isShorter } from './snapshot-states.ts'

/** What this replica knows of the log. */
export interface Feed {
  /** Until every partition has been read, a channel's snapshot where there is one. */
  stateOf(channel: string): ChannelState | undefined
  /** Identity of the log; `undefined` until it, or a snapshot of it, was read for the first time. */
  epoch(): string | undefined
  /** How often something that was read has become void. */
  resets(): number
  tail(): TailState
  /** True once every partition has reached the end seen at start. Losing Kafka later does not unset it. */
  caughtUp(): boolean
  /** Takes snapshots to serve until then. Returns the channels they are of: none when it is too late, or of another log. */
  restore(snapshots: readonly Snapshot[]): readonly string[]
  /** True once snapshots were taken. */
  isRestored(): boolean
  /** Milliseconds since a fetch last succeeded. */
  silentMs(): number
  /** Ends as the broker last reported them; `undefined` while it is away. */
  ends(channel: Channel): Promise<TopicEnds | undefined>
  /** Records read so far. */
  total(): number
  /** Grows whenever anything that is told to clients may have changed. */
  version(): number
  /** Starts to read; what changes goes to `fanout`. */
  start(fanout: Sink): void
  close(): Promise<void>
}

const sweepMs = 10_000

/** Where what changes goes. */
type Sink = Pick<Fanout, 'add' | 'resync' | 'pause' | 'resume'>

type States = ReadonlyMap<string, ChannelState>

/** Takes batches into the state; what is news goes to `onNews`. */
const createReader = (states: States, events: StateEvents, onNews: Fanout['add']) => {
  let total = 0
  const read = (channel: Channel, state: ChannelState, record: InRecord) => {
    total += 1
    const entry = decodeRecord(channel, record)
    state.advance(record.partition, record.offset)
    if (typeof entry === 'string') return events.skipped(channel.name, entry, record)
    if (!state.apply(entry)) return events.older(channel.name)
    events.applied(channel.name)
    onNews(channel, entry)
  }
  return {
    total: () => total,
    onBatch: ({ topic, records }: Batch) => {
      const channel = channelByTopic(topic)
      const state = channel && states.get(channel.name)
      if (state) for (const record of records) read(channel, state, record)
    },
  }
}

interface Told {
  readonly states: States
  readonly clock: Clock
  readonly events: StateEvents
  fanout(): Sink | undefined
  /** Records read so far. */
  total(): number
}

type Callbacks = Pick<TailOptions, 'onState' | 'onReset' | 'onFloor' | 'onEpoch'>

/** What the tail says of the log beside its records, and the snapshots that stand in until it has been read. */
const createKnowledge = ({ states, clock, events, fanout, total }: Told) => {
  const snapshots = createSnapshotStates()
  let epoch: string | undefined
  let caughtUp = false
  let isRestored = false
  let resets = 0
  let changes = 0

  const changed = () => {
    changes += 1
  }
  const onLive = () => {
    caughtUp = true
    for (const served of snapshots.drop()) {
      const { channel } = served
      const isLost = isShorter(states.get(channel.name)?.heads() ?? {}, served.heads())
      fanout()?.resync([channel], isLost ? 'reset' : 'snapshot')
    }
    fanout()?.resume()
  }
  const reset = (topics: readonly string[], reason: string) => {
    changed()
    resets += 1
    events.reset(topics, reason)
    const channels = topics.flatMap((topic) => channelByTopic(topic) ?? [])
    for (const channel of channels) states.get(channel.name)?.clear()
    snapshots.drop(channels.map((c) => c.name))
    fanout()?.resync(channels, 'reset')
  }
  const callbacks: Callbacks = {
    onState: (next) => {
      changed()
      events.tail(next)
      if (next === 'catching-up') fanout()?.pause()
      // Nothing old can be under way, and what is born here says to the clients that their values are old.
      if (next === 'dark' && total() === 0) fanout()?.resume()
      if (next === 'live') onLive()
    },
    onReset: reset,
    onFloor: (topic, partition, low) => {
      changed()
      const state = states.get(channelByTopic(topic)?.name ?? '')
      const isGap = state?.raiseFloor(partition, low) ?? false
      if (isGap && state?.channel.delivery === 'ordered')
        fanout()?.resync([state.channel], 'snapshot')
    },
    onEpoch: (next) => {
      const restored = snapshots.epoch()
      changed()
      epoch = next
      events.epoch(next)
      // The tail knows nothing of the log that the snapshots are of: what was served of it is void.
      if (restored !== undefined && restored !== next)
        reset([...topicsOfAll.keys()], 'not the log of the snapshots')
    },
  }
  return {
    callbacks,
    epoch: () => epoch ?? snapshots.epoch(),
    resets: () => resets,
    changed,
    version: () => total() + changes,
    caughtUp: () => caughtUp,
    isRestored: () => isRestored,
    stateOf: (channel: string) => snapshots.stateOf(channel) ?? states.get(channel),
    restore: (found: readonly Snapshot[]) => {
      changed()
      const channels = caughtUp ? [] : snapshots.load(found, epoch, clock.now())
      isRestored ||= channels.length > 0
      return channels
    },
  }
}

const topicsOfAll: ReadonlyMap<string, TailStart> = new Map(
  kafkaChannels.map((c) => [c.topic, { from: 'beginning' }]),
)

/** Reads every topic of the contracts into memory. */
export const createFeed = (options: { bus: Bus; clock: Clock; events: StateEvents }): Feed => {
  const { bus, clock, events } = options
  const states = new Map(kafkaChannels.map((c) => [c.name, createChannelState(c)]))
  const startedAt = clock.monotonic()
  let tail: Tail | undefined
  let fanout: Sink | undefined
  let stopSweep: (() => void) | undefined
  const { onBatch, total } = createReader(states, events, (channel, entry) =>
    fanout?.add(channel, entry),
  )
  const knowledge = { states, clock, events, fanout: () => fanout, total }
  const { callbacks, changed, ...known } = createKnowledge(knowledge)

  return {
    ...known,
    tail: () => tail?.state() ?? 'catching-up',
    silentMs: () => clock.monotonic() - (tail?.lastFetchAt() ?? startedAt),
    ends: (channel) => tail?.ends(channel.topic) ?? Promise.resolve(undefined),
    total,
    start: (sink) => {
      fanout = sink
      stopSweep = clock.every(sweepMs, () => {
        changed()
        for (const { name } of kafkaChannels) known.stateOf(name)?.sweep(clock.now())
      })
      tail = bus.tail({ topics: topicsOfAll, onBatch, ...callbacks })
    },
    close: async () => {
      stopSweep?.()
      await tail?.close()
    },
  }
}
