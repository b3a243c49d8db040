import { type Channel, channelByTopic, kafkaChannels } from '@flux/contracts'
import type {
  Batch,
  Bus,
  Clock,
  InRecord,
  Tail,
  TailStart,
  TailState,
  TopicEnds,
} from '@flux/runtime'
import type { Fanout } from '../fanout/fanout.ts'
import { type ChannelState, createChannelState } from './channel-state.ts'
import { decodeRecord } from './decode.ts'
import type { StateEvents } from './events.ts'

/** What this replica knows of the log. */
export interface Feed {
  stateOf(channel: string): ChannelState | undefined
  /** Identity of the log; `undefined` until it was read for the first time. */
  epoch(): string | undefined
  /** How often something that was read has become void. */
  resets(): number
  tail(): TailState
  /** True once every partition has reached the end seen at start. Losing Kafka later does not unset it. */
  caughtUp(): boolean
  /** Milliseconds since a fetch last succeeded. */
  silentMs(): number
  /** Ends as the broker last reported them; `undefined` while it is away. */
  ends(channel: Channel): Promise<TopicEnds | undefined>
  /** Records read so far. */
  total(): number
  /** Starts to read; what changes goes to `fanout`. */
  start(fanout: Fanout): void
  close(): Promise<void>
}

const sweepMs = 10_000

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

/** Reads every topic of the contracts into memory. */
export const createFeed = (options: { bus: Bus; clock: Clock; events: StateEvents }): Feed => {
  const { bus, clock, events } = options
  const states = new Map(kafkaChannels.map((c) => [c.name, createChannelState(c)]))
  const startedAt = clock.monotonic()
  let tail: Tail | undefined
  let fanout: Fanout | undefined
  let epoch: string | undefined
  let caughtUp = false
  let resets = 0
  const reader = createReader(states, events, (channel, entry) => fanout?.add(channel, entry))
  let stopSweep: (() => void) | undefined

  const onState = (next: TailState) => {
    events.tail(next)
    if (next === 'catching-up') fanout?.pause()
    if (next !== 'live') return
    caughtUp = true
    fanout?.resume()
  }
  const onReset = (topics: readonly string[], reason: string) => {
    resets += 1
    events.reset(topics, reason)
    const channels = topics.flatMap((topic) => channelByTopic(topic) ?? [])
    for (const channel of channels) states.get(channel.name)?.clear()
    fanout?.resync(channels, 'reset')
  }
  const onFloor = (topic: string, partition: number, low: number) => {
    const state = states.get(channelByTopic(topic)?.name ?? '')
    const isGap = state?.raiseFloor(partition, low) ?? false
    if (isGap && state?.channel.delivery === 'ordered') fanout?.resync([state.channel], 'snapshot')
  }
  const topics = new Map<string, TailStart>(
    kafkaChannels.map((c) => [c.topic, { from: 'beginning' }]),
  )

  return {
    stateOf: (channel) => states.get(channel),
    epoch: () => epoch,
    resets: () => resets,
    tail: () => tail?.state() ?? 'catching-up',
    caughtUp: () => caughtUp,
    silentMs: () => clock.monotonic() - (tail?.lastFetchAt() ?? startedAt),
    ends: (channel) => tail?.ends(channel.topic) ?? Promise.resolve(undefined),
    total: reader.total,
    start: (sink) => {
      fanout = sink
      stopSweep = clock.every(sweepMs, () => {
        for (const state of states.values()) state.sweep(clock.now())
      })
      tail = bus.tail({
        topics,
        onBatch: reader.onBatch,
        onState,
        onReset,
        onFloor,
        onEpoch: (next) => {
          epoch = next
          events.epoch(next)
        },
      })
    },
    close: async () => {
      stopSweep?.()
      await tail?.close()
    },
  }
}
