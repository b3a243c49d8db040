import {
  type Channel,
  cryptoCandles,
  cryptoTicker,
  cryptoTrades,
  type Entry,
} from '@flux/contracts'

/** The channels of the model: two `latest` ones and an `ordered` one. */
export const modelChannels: readonly Channel[] = [cryptoTicker, cryptoCandles, cryptoTrades]

/** Rooms of the model. The two products share partitions. */
export const modelRooms = ['crypto.global', 'crypto.A-USD', 'crypto.B-USD'] as const

/** Keys by channel. */
export const modelKeys: Readonly<Record<string, readonly string[]>> = {
  'crypto.ticker': ['A-USD', 'B-USD', 'C-USD'],
  'crypto.candles': ['A-USD@1', 'A-USD@2', 'B-USD@1', 'B-USD@2'],
  'crypto.trades': ['A-USD', 'B-USD'],
}

const partitions = 2

/** The partition that a key's records go to. */
const partitionOf = (key: string): number => key.charCodeAt(key.length - 1) % partitions

/** A log as a broker has it: per channel and partition the records with their offsets. */
export interface ModelLog {
  readonly epoch: string
  /** Appends a record; `again` repeats the key's last one, as a producer does that got no answer. */
  append(channel: string, key: string, kind: 'value' | 'removal' | 'again'): void
  records(channel: string, partition: number): readonly Entry[]
  end(channel: string, partition: number): number
}

/** An empty log; its offsets begin at `base`. */
export const createModelLog = (epoch: string, base: number): ModelLog => {
  const logs = new Map<string, Entry[]>()
  const last = new Map<string, Entry>()
  let made = 0
  const of = (channel: string, partition: number): Entry[] => {
    const id = `${channel} ${partition}`
    const found = logs.get(id) ?? []
    logs.set(id, found)
    return found
  }
  return {
    epoch,
    append(channel, key, kind) {
      const partition = partitionOf(key)
      const log = of(channel, partition)
      const before = last.get(`${channel} ${key}`)
      if (kind === 'again' && !before) return
      made += 1
      const version = (before?.v ?? 0) + (kind === 'again' ? 0 : 1)
      const entry: Entry = {
        k: key,
        d: kind === 'removal' ? null : { made, price: made },
        t: 1_700_000_000_000 + made,
        p: [partition, base + log.length],
        v: version,
      }
      log.push(entry)
      last.set(`${channel} ${key}`, entry)
    },
    records: of,
    end: (channel, partition) => base + of(channel, partition).length,
  }
}

/** Every channel with each of its partitions. */
export const modelPartitions: readonly (readonly [Channel, number])[] = modelChannels.flatMap(
  (channel) => Array.from({ length: partitions }, (_, partition) => [channel, partition] as const),
)
