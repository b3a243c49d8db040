import { deadLetterTopic, header } from '@flux/contracts'
import type { Clock } from '../../clock.ts'
import { FluxError, messageOf } from '../../errors.ts'
import type { Bus, InRecord, Middleware, OutRecord } from '../port.ts'

/** What dead letters need. */
export interface DeadLetterOptions {
  readonly bus: Pick<Bus, 'send'>
  readonly clock: Clock
  /** Told after the letter is stored, for a log line and a metric. */
  onLetter(record: InRecord, error: unknown): void
}

const maxMessage = 1000

const letterFor = (record: InRecord, error: unknown, now: number): OutRecord => ({
  key: `${record.topic}/${record.partition}/${record.offset}`,
  value: record.value?.toString() ?? null,
  headers: {
    ...record.headers,
    [header.producedAt]: String(now),
    'flux-error': error instanceof FluxError ? error.code : 'bug',
    'flux-error-message': messageOf(error).slice(0, maxMessage),
    'flux-error-key': record.key,
  },
})

/** An error that tells nothing about the record: the member is closing, or the bus is away. */
const isAboutUs = (error: unknown, signal: AbortSignal): boolean =>
  signal.aborted ||
  (error instanceof FluxError && (error.code === 'not_leader' || error.code.startsWith('bus_')))

/**
 * Puts a record that cannot be handled under `flux.deadletter`, with its error and its own headers, and takes it as
 * done, so that the ones behind it go on. A letter that cannot be stored throws: the record comes again.
 * The value of a tombstone would remove the letter, so it is kept as the text `null`.
 */
export const deadLettered =
  ({ bus, clock, onLetter }: DeadLetterOptions): Middleware =>
  (next) =>
  async (record, context) => {
    try {
      await next(record, context)
    } catch (error) {
      if (isAboutUs(error, context.signal)) throw error
      const letter = letterFor(record, error, clock.now())
      await bus.send(
        deadLetterTopic,
        [{ ...letter, value: letter.value ?? 'null' }],
        context.signal,
      )
      onLetter(record, error)
    }
  }
