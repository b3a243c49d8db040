import { type Channel, kafkaChannels } from '@flux/contracts'
import type { Log, Metrics } from '@flux/runtime'

const writes = ['written', 'too_large', 'failed'] as const
const reads = ['served', 'unused', 'bad'] as const

/** The channels that have snapshots: those that promise the newest value. */
export const snapshotChannels: readonly Channel[] = kafkaChannels.filter(
  (channel) => channel.delivery === 'latest',
)

/** What becomes of snapshots: one function, one metric, at most one line. */
export interface SnapshotEvents {
  wrote(channel: string, outcome: (typeof writes)[number]): void
  /** `unused`: of another log, or the log itself was faster. A bad one is logged once per channel. */
  read(channel: string, outcome: (typeof reads)[number]): void
  serving(channels: readonly string[]): void
  /** A bug of ours. */
  broke(error: unknown): void
}

/** Registers the metrics of snapshots. */
export const createSnapshotEvents = (log: Log, metrics: Metrics): SnapshotEvents => {
  const series = (outcomes: readonly string[]) =>
    snapshotChannels.flatMap(({ name }) => outcomes.map((outcome) => ({ channel: name, outcome })))
  const labels = ['channel', 'outcome']
  const written = metrics.counter({
    name: 'flux_snapshot_writes_total',
    help: 'Snapshots made for Valkey, by what became of them; too large ones are not written.',
    ...{ labels, series: series(writes) },
  })
  const found = metrics.counter({
    name: 'flux_snapshot_reads_total',
    help: 'Snapshots found at a start without Kafka, by what became of them.',
    ...{ labels, series: series(reads) },
  })
  const told = new Set<string>()
  return {
    wrote: (channel, outcome) => written.inc({ channel, outcome }),
    read: (channel, outcome) => {
      found.inc({ channel, outcome })
      if (outcome !== 'bad' || told.has(channel)) return
      told.add(channel)
      log.warn({ channel }, 'a snapshot is not as this build writes it: skipped')
    },
    serving: (channels) => log.warn({ channels }, 'the log has not been read: serving snapshots'),
    broke: (err) => log.error({ err }, 'snapshots failed'),
  }
}
