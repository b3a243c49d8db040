import { FluxError } from '@flux/runtime'
import type { TradeRecord } from './values.ts'

/** What a writer needs. */
export interface TradeWriterOptions {
  publish(record: TradeRecord): Promise<void>
  /** Most records that wait; more are given back by `onRejected`. */
  readonly maxWaiting: number
  /** The records from this id on were not published, and the writer has dropped them. */
  onRejected(id: number): void
  /** An error that no retry helps: leadership is lost, or a bug. */
  onFatal(error: unknown): void
}

/** Publishes the trades of one product in order, one batch under way at a time. */
export interface TradeWriter {
  push(records: readonly TradeRecord[]): void
}

const batchSize = 500

/** A trade's own id, or the first of a gap. */
const idOf = (record: TradeRecord): number =>
  record.kind === 'gap' ? record.fromTradeId : record.tradeId

const isRejected = (result: PromiseSettledResult<void>): result is PromiseRejectedResult =>
  result.status === 'rejected'

/**
 * A record that the bus does not take must not be overtaken by the next one, or readers would drop it as old: so
 * everything from it on is dropped, and comes again when the gap is found.
 */
export const createTradeWriter = (options: TradeWriterOptions): TradeWriter => {
  let waiting: TradeRecord[] = []
  let busy = false

  const reject = (record: TradeRecord) => {
    waiting = []
    options.onRejected(idOf(record))
  }

  const settle = (batch: readonly TradeRecord[], results: PromiseSettledResult<void>[]) => {
    const at = results.findIndex(
      (r) => isRejected(r) && r.reason instanceof FluxError && r.reason.code !== 'contract_broken',
    )
    const bug = results.find((r) => isRejected(r) && !(r.reason instanceof FluxError))
    if (bug && isRejected(bug)) return options.onFatal(bug.reason)
    const [failed, result] = [batch[at], results[at]]
    if (!failed || !result || !isRejected(result)) return
    if (result.reason instanceof FluxError && !result.reason.retryable) {
      return options.onFatal(result.reason)
    }
    reject(failed)
  }

  const write = async () => {
    busy = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, batchSize)
      settle(batch, await Promise.allSettled(batch.map((record) => options.publish(record))))
    }
    busy = false
  }

  return {
    push: (records) => {
      const [first] = records
      if (!first) return
      if (waiting.length + records.length > options.maxWaiting) return reject(waiting[0] ?? first)
      waiting.push(...records)
      if (!busy) write().catch(options.onFatal)
    },
  }
}
