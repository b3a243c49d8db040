import { type Kafka, Partitioners, type Producer } from 'kafkajs'
import type { Clock } from '../../clock.ts'
import { FluxError } from '../../errors.ts'
import type { Log } from '../../telemetry/log.ts'
import type { OutRecord } from '../port.ts'
import { toBusError } from './errors.ts'
import { toMessage } from './records.ts'
import { byTopic, type Parcel, splitBySize, takeFlight } from './send-queue.ts'
import { producerSettings } from './settings.ts'

/** Calls within this many milliseconds go out together. */
const lingerMs = 2
/** A parcel that no flight took for this long is refused: what it says is old by then. */
const maxQueuedMs = 30_000
const maxQueuedBytes = 32 * 1024 * 1024

/** Sends records; see `Bus.send` for what it promises. */
export interface RecordProducer {
  send(topic: string, records: readonly OutRecord[], signal?: AbortSignal): Promise<void>
  /** Lets the records that are queued go out, then disconnects. */
  close(): Promise<void>
}

interface ProducerOptions {
  readonly kafka: Kafka
  readonly clock: Clock
  readonly log: Log
}

/** kafkajs's producer behind a function: made and connected when it is needed, replaced when it is spoilt. */
const lazyProducer = (kafka: Kafka, log: Log) => {
  let current: Promise<Producer> | undefined
  const connect = async () => {
    const producer = kafka.producer({
      ...producerSettings,
      createPartitioner: Partitioners.DefaultPartitioner,
    })
    await producer.connect()
    return producer
  }
  const discard = () => {
    const old = current
    current = undefined
    return old
      ?.then((producer) => producer.disconnect())
      .catch((error: unknown) => log.debug({ err: error }, 'an old producer did not disconnect'))
  }
  return {
    get: async () => {
      current ??= connect()
      try {
        return await current
      } catch (error) {
        current = undefined
        throw error
      }
    },
    discard,
  }
}

/** One `sendBatch`. Throws a FluxError. */
const fly = async (producer: ReturnType<typeof lazyProducer>, flight: readonly Parcel[]) => {
  const topics = byTopic(flight)
  try {
    const connected = await producer.get()
    await connected.sendBatch({
      acks: -1,
      topicMessages: [...topics].map(([topic, records]) => ({
        topic,
        messages: records.map(toMessage),
      })),
    })
  } catch (cause) {
    const error = toBusError(cause, `sending to ${[...topics.keys()].join(', ')}`)
    // After this the client asks for the missing topic's metadata for ever and fails with every other topic too.
    if (error.code === 'topic_missing') void producer.discard()
    throw error
  }
}

const queueFull = () =>
  new FluxError('bus_unavailable', `more than ${maxQueuedBytes} bytes wait to be sent`, {
    retryable: true,
  })

const tooOld = () =>
  new FluxError('bus_unavailable', `not sent within ${maxQueuedMs} ms`, { retryable: true })

/**
 * Collects what is sent within a few milliseconds into one request and has one request under way at a time, so that
 * the order per key holds also when kafkajs sends again. A rejection with `bus_unavailable` means unknown.
 */
export const createProducer = ({ kafka, clock, log }: ProducerOptions): RecordProducer => {
  const producer = lazyProducer(kafka, log)
  const queue: Parcel[] = []
  let queuedBytes = 0
  let pump: Promise<void> | undefined
  let closed = false

  const settle = async (flight: readonly Parcel[]): Promise<void> => {
    try {
      await fly(producer, flight)
      for (const parcel of flight) parcel.resolve()
    } catch (error) {
      const alone =
        flight.length === 1 || (error instanceof FluxError && error.code === 'bus_unavailable')
      if (alone) for (const parcel of flight) parcel.reject(error)
      // One of them is refused: each goes again by itself, so that only the guilty one is rejected.
      else for (const parcel of flight) await settle([parcel])
    }
  }

  const run = async () => {
    while (queue.length > 0) {
      const flight = takeFlight(queue)
      queuedBytes -= flight.reduce((sum, parcel) => sum + parcel.bytes, 0)
      const oldest = clock.monotonic() - maxQueuedMs
      for (const parcel of flight) if (parcel.at < oldest) parcel.reject(tooOld())
      const fresh = flight.filter((parcel) => parcel.at >= oldest)
      if (fresh.length > 0) await settle(fresh)
    }
  }

  const start = () => {
    pump ??= clock
      .sleep(lingerMs)
      .then(run)
      .finally(() => {
        pump = undefined
        if (queue.length > 0) start()
      })
  }

  const enqueue = (topic: string, piece: ReturnType<typeof splitBySize>[number]) =>
    new Promise<void>((resolve, reject) => {
      queue.push({ topic, ...piece, at: clock.monotonic(), resolve, reject })
      queuedBytes += piece.bytes
      start()
    })

  const send = async (topic: string, records: readonly OutRecord[]) => {
    if (closed) throw new FluxError('bus_closed', 'the bus is closed')
    if (queuedBytes > maxQueuedBytes) throw queueFull()
    const results = await Promise.allSettled(
      splitBySize(records).map((piece) => enqueue(topic, piece)),
    )
    for (const result of results) if (result.status === 'rejected') throw result.reason
  }

  return {
    send: (topic, records, signal) => abortable(send(topic, records), signal),
    close: async () => {
      closed = true
      while (pump !== undefined) await pump
      await producer.discard()
    },
  }
}

/** Stops waiting when the signal is aborted; the records may still go out. */
const abortable = async (work: Promise<void>, signal: AbortSignal | undefined): Promise<void> => {
  if (!signal) return await work
  const aborted = Promise.withResolvers<never>()
  const onAbort = () => aborted.reject(signal.reason)
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    await Promise.race([work, aborted.promise])
  } finally {
    work.catch(() => undefined)
    signal.removeEventListener('abort', onAbort)
  }
}
