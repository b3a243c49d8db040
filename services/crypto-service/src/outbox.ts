import { type Clock, createConflate, FluxError } from '@flux/runtime'

/** What an outbox needs. */
export interface OutboxOptions<V> {
  /** Values per second and key that leave at most. */
  readonly perSecond: number
  readonly clock: Clock
  readonly signal: AbortSignal
  publish(key: string, value: V): Promise<void>
  /** An error that no retry helps: leadership is lost, or a bug. */
  onFatal(error: unknown): void
}

/** The newest value per key on its way to a `latest` channel. Values that their contract refuses are counted there. */
export const createOutbox = <V>(options: OutboxOptions<V>) => {
  const { perSecond, clock, signal } = options
  return createConflate<string, V>({
    ...{ perSecond, clock, signal },
    emit: (key, value) => options.publish(key, value),
    onError: (error) => {
      const known = error instanceof FluxError && error.code !== 'not_leader'
      if (!known) options.onFatal(error)
    },
  })
}
