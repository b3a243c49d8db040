import { type Clock, createConflate, FluxError } from '@flux/runtime'

/** What an outbox needs. */
export interface OutboxOptions<V> {
  /** Values per second and key that leave at most. */
  readonly perSecond: number
  readonly clock: Clock
  readonly signal: AbortSignal
  /** `receivedAt`: when the value was put in, epoch milliseconds. */
  publish(key: string, value: V, receivedAt: number): Promise<void>
  /** An error that no retry helps: leadership is lost, or a bug. */
  onFatal(error: unknown): void
}

/** The newest value per key on its way to a `latest` channel. Values that their contract refuses are counted there. */
export const createOutbox = <V>(options: OutboxOptions<V>) => {
  const { perSecond, clock, signal } = options
  const conflate = createConflate<string, { readonly value: V; readonly receivedAt: number }>({
    ...{ perSecond, clock, signal },
    emit: (key, { value, receivedAt }) => options.publish(key, value, receivedAt),
    onError: (error) => {
      const known = error instanceof FluxError && error.code !== 'not_leader'
      if (!known) options.onFatal(error)
    },
  })
  return {
    /** Takes a value in, in place of an older one of its key that has not left yet. */
    set: (key: string, value: V): void =>
      void conflate.set(key, { value, receivedAt: clock.now() }),
  }
}
