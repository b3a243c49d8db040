import { kafkaChannels } from '@flux/contracts'
import type { InRecord, Log, Metrics, TailState } from '@flux/runtime'
import { type Fault, faults } from './decode.ts'

const tailStates: readonly TailState[] = ['catching-up', 'live', 'dark']

/** What happens to records on their way into the state: one function, one metric, at most one line. */
export interface StateEvents {
  applied(channel: string): void
  older(channel: string): void
  /** Logged once per channel and kind. */
  skipped(channel: string, fault: Fault, record: InRecord): void
  reset(topics: readonly string[], reason: string): void
  epoch(epoch: string): void
  tail(state: TailState): void
}

/** Registers the metrics of the state. */
export const createStateEvents = (log: Log, metrics: Metrics): StateEvents => {
  const channelSeries = kafkaChannels.map((c) => ({ channel: c.name }))
  const records = metrics.counter({
    name: 'flux_tail_records_total',
    help: 'Records read from Kafka, by what became of them: applied, or older than what is held.',
    labels: ['channel', 'outcome'],
    series: channelSeries.flatMap((c) => [
      { ...c, outcome: 'applied' },
      { ...c, outcome: 'older' },
    ]),
  })
  const bad = metrics.counter({
    name: 'flux_tail_bad_records_total',
    help: 'Records that break their contract and were skipped.',
    labels: ['channel', 'fault'],
    series: channelSeries.flatMap((c) => faults.map((fault) => ({ ...c, fault }))),
  })
  const states = metrics.gauge({
    name: 'flux_tail_state',
    help: 'What the tail does: 1 for the state it is in.',
    labels: ['state'],
  })
  const show = (now: TailState) => {
    for (const state of tailStates) states.set({ state }, state === now ? 1 : 0)
  }
  show('catching-up')
  const told = new Set<string>()
  return {
    applied: (channel) => records.inc({ channel, outcome: 'applied' }),
    older: (channel) => records.inc({ channel, outcome: 'older' }),
    skipped: (channel, fault, { topic, partition, offset }) => {
      bad.inc({ channel, fault })
      const kind = `${channel} ${fault}`
      if (told.has(kind)) return
      told.add(kind)
      log.warn(
        { channel, fault, topic, partition, offset },
        'a record breaks its contract: skipped',
      )
    },
    reset: (topics, reason) =>
      log.warn({ topics, reason }, 'the log is another one: reading it again from its beginning'),
    epoch: (epoch) => log.info({ epoch }, 'log identified'),
    tail: (state) => {
      show(state)
      log.info({ state }, 'tail')
    },
  }
}
