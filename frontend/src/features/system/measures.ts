import type { FluxClient, Held } from '@flux/client'
import { type Channel, type ChannelName, type Cursor, channels } from '@flux/contracts'
import { wholeRoomOf } from './graph.ts'
import { createMeter, createTimes, type Meter, type Times } from './meter.ts'
import { type Legs, noLegs } from './stages.ts'

/** What was measured here up to a moment. */
export interface Measured {
  /** Records a second that are appended to a topic, by channel: how fast the offsets grow that come here. */
  readonly appended: Readonly<Record<string, number | undefined>>
  /** Records of a channel that came here live so far. */
  readonly came: Readonly<Record<string, number>>
  /** From the time of a fact to its arrival here, by channel: the median in milliseconds. */
  readonly late: Readonly<Record<string, number | undefined>>
  /** Records a second that come here live. */
  readonly arriving: number | undefined
  /** Records that came here live so far. */
  readonly arrived: number
  readonly legs: Legs
}

/** Measurements that are read on the page's beat. */
export interface Measures {
  /** What was measured up to `now`, epoch milliseconds; the same object for the same time. */
  at(now: number): Measured
}

/** Nothing measured. */
export const nothingMeasured: Measured = {
  ...{ appended: {}, came: {}, late: {}, arriving: undefined, arrived: 0 },
  legs: noLegs,
}

/** What of the client is measured on. */
export interface MeasuredClient extends Pick<FluxClient, 'onRecord' | 'status' | 'cursor'> {
  read(channel: ChannelName, key: string): Pick<Held, 'at' | 'receivedAt'> | undefined
}

/** Calls back with the milliseconds until what came now is on the screen; not at all where nobody looks. */
export type MeasurePaint = (done: (ms: number) => void) => () => void

const spanMs = 12_000
const sampleSize = 64
const fewestFacts = 5

const isFeed = (channel: string): boolean => !channel.startsWith('platform.')

/** Offsets per partition of the channels that one room shows whole. */
const offsetsOf = (cursor: Cursor, channel: Channel): readonly (readonly [string, number])[] => {
  const room = wholeRoomOf(channel)
  const partitions = room === undefined ? undefined : cursor[room]?.[channel.name]
  return Object.entries(partitions ?? {}).map(([partition, offset]) => [partition, Number(offset)])
}

const createAppended = () => {
  const meters = new Map<string, Meter>()
  const meterOf = (id: string): Meter => {
    const meter = meters.get(id) ?? createMeter(spanMs)
    meters.set(id, meter)
    return meter
  }
  const rateOf = (now: number, cursor: Cursor, channel: Channel): number | undefined => {
    const rates = offsetsOf(cursor, channel).map(([partition, offset]) => {
      const meter = meterOf(`${channel.name}/${partition}`)
      meter.add(now, offset)
      return meter.perSecond()
    })
    const known = rates.filter((rate) => rate !== undefined)
    return known.length === 0 ? undefined : known.reduce((sum, rate) => sum + rate, 0)
  }
  return (now: number, cursor: Cursor): Measured['appended'] =>
    Object.fromEntries(
      channels
        .filter(({ onKafka }) => onKafka)
        .map((channel) => [channel.name, rateOf(now, cursor, channel)]),
    )
}

/** The feed that says most, of those that said enough. */
const busiest = (late: ReadonlyMap<string, Times>): Legs['fact'] => {
  const [first] = [...late]
    .filter(([channel, times]) => isFeed(channel) && times.count() >= fewestFacts)
    .toSorted(([, a], [, b]) => b.count() - a.count())
  const ms = first?.[1].median()
  return first && ms !== undefined ? { channel: first[0], ms } : undefined
}

const createDelays = (client: MeasuredClient, measurePaint: MeasurePaint) => {
  const late = new Map<string, Times>()
  const paint = createTimes(sampleSize)
  let replica: string | undefined
  let stopPaint = () => {}
  const timesOf = (id: string): Times => {
    const times = late.get(id) ?? createTimes(sampleSize)
    late.set(id, times)
    return times
  }
  return {
    late,
    add(channel: ChannelName, key: string) {
      const { clockOffsetMs, replica: own } = client.status()
      // Another replica is another way.
      if (own !== replica) for (const times of late.values()) times.clear()
      replica = own
      const held = client.read(channel, key)
      if (!held || (channel === 'platform.stats' && key !== own)) return
      timesOf(channel).add(held.receivedAt + clockOffsetMs - held.at)
      if (channel !== 'platform.canary') return
      stopPaint()
      stopPaint = measurePaint(paint.add)
    },
    legs: (): Legs => ({
      fact: busiest(late),
      canary: late.get('platform.canary')?.median(),
      replica: late.get('platform.stats')?.median(),
      paint: paint.median(),
    }),
    stop: () => stopPaint(),
  }
}

/** Measurements that begin with `start` and end with what it returns. */
export interface RunningMeasures extends Measures {
  start(): () => void
}

/** Measures what comes to a client: rates, delays, and the way to the screen. */
export const createMeasures = (
  client: MeasuredClient,
  measurePaint: MeasurePaint,
): RunningMeasures => {
  const delays = createDelays(client, measurePaint)
  const appended = createAppended()
  const arriving = createMeter(spanMs)
  const came = new Map<string, number>()
  let arrived = 0
  let read: { readonly now: number; readonly measured: Measured } | undefined

  const measure = (now: number): Measured => {
    arriving.add(now, arrived)
    return {
      appended: appended(now, client.cursor()),
      came: Object.fromEntries(came),
      late: Object.fromEntries([...delays.late].map(([name, times]) => [name, times.median()])),
      ...{ arriving: arriving.perSecond(), arrived },
      legs: delays.legs(),
    }
  }
  return {
    at(now) {
      if (read?.now !== now) read = { now, measured: measure(now) }
      return read.measured
    },
    start() {
      const stop = client.onRecord((channel, entry, how) => {
        if (how !== 'live') return
        arrived += 1
        came.set(channel, (came.get(channel) ?? 0) + 1)
        delays.add(channel, entry.k)
      })
      return () => {
        stop()
        delays.stop()
      }
    },
  }
}
