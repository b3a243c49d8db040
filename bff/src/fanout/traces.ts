import type { Clock, Tracing } from '@flux/runtime'
import type { Stored } from '../state/decode.ts'

/** A record whose trace is recorded, between its arrival here and the flush that it leaves with. */
interface Waiting {
  /** W3C header of the span that tells of its arrival. */
  readonly arrival: string
  /** W3C header that it came with, and that its clients know it by. */
  readonly origin: string
  readonly room: string
  readonly at: number
}

interface Left {
  readonly emit: string
  readonly at: number
}

/**
 * Spans of records on their way through a replica: from the broker's append to the replica, from there to the sockets,
 * and from the sockets to a browser. Only records whose trace is recorded cost anything.
 */
export interface RecordTraces {
  /** A record is here; `joins`: it waits for a flush, as somebody is in its room. */
  received(topic: string, entry: Stored, joins: boolean): void
  /** What waits is about to be written; call the result when it is. */
  flushing(): (() => void) | undefined
  /**
   * A client got it at `receivedAt` (epoch milliseconds by the server's clock). False for one that did not leave here
   * lately, and for a time that cannot be: a client must not be able to make up spans.
   */
  delivered(origin: string, receivedAt: number): boolean
}

/** Records that left and may still be told of. */
const mostRemembered = 256
/** Browsers tell twice a minute. */
const rememberMs = 120_000
/** Spans of arrivals at browsers, for one record. */
const mostArrivals = 3

/** Traces of a replica, told to `tracing`. */
export const createRecordTraces = (tracing: Pick<Tracing, 'past'>, clock: Clock): RecordTraces => {
  let waiting: Waiting[] = []
  const left = new Map<string, Left & { arrivals: number }>()

  const remember = (origin: string, one: Left) => {
    left.set(origin, { ...one, arrivals: 0 })
    const oldest = left.keys().next().value
    if (left.size > mostRemembered && oldest !== undefined) left.delete(oldest)
  }
  /** One span a room and flush; it hangs on the first record, the others are linked. */
  const tellRoom = (room: string, records: readonly Waiting[]) => {
    const [first, ...others] = records
    if (!first) return
    const endMs = clock.now()
    const emit = tracing.past(`emit ${room}`, {
      kind: 'producer',
      parent: first.arrival,
      links: others.map(({ arrival }) => arrival),
      attributes: { 'flux.room': room, 'flux.records': records.length },
      startMs: first.at,
      endMs,
    })
    if (emit === undefined) return
    for (const { origin } of records) remember(origin, { emit, at: endMs })
  }
  return {
    received: (topic, { traceparent, partition, offset, appendedAt, room }, joins) => {
      if (traceparent === undefined) return
      const at = clock.now()
      const arrival = tracing.past(`process ${topic}`, {
        kind: 'consumer',
        parent: traceparent,
        attributes: {
          'messaging.system': 'kafka',
          'messaging.operation.type': 'process',
          'messaging.destination.name': topic,
          'messaging.destination.partition.id': String(partition),
          'messaging.kafka.offset': offset,
        },
        startMs: appendedAt,
        endMs: at,
      })
      if (joins && arrival !== undefined) waiting.push({ arrival, origin: traceparent, room, at })
    },
    flushing: () => {
      if (waiting.length === 0) return undefined
      const taken = waiting
      waiting = []
      return () => {
        for (const [room, records] of Map.groupBy(taken, (one) => one.room)) tellRoom(room, records)
      }
    },
    delivered: (origin, receivedAt) => {
      const one = left.get(origin)
      if (!one || one.arrivals >= mostArrivals) return false
      const now = clock.now()
      // A clock that was set a little wrong by its estimate may say that it came before it left.
      if (now - one.at > rememberMs || receivedAt > now || receivedAt < one.at - 1_000) return false
      one.arrivals += 1
      tracing.past('deliver to browser', {
        kind: 'consumer',
        parent: one.emit,
        startMs: one.at,
        endMs: receivedAt,
      })
      return true
    },
  }
}
