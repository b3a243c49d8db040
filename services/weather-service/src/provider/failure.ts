import { ProviderError } from '@flux/runtime'

/**
 * What a failed fetch means. `place`: this place cannot be had. `limited`: too many calls were made. `key`: the key is
 * refused. `transient`: it may work the next time.
 */
export type FailureKind = 'place' | 'limited' | 'key' | 'transient'

/** The kind of a provider's failure. */
export const kindOf = (error: ProviderError): FailureKind => {
  if (error.code === 'limited') return 'limited'
  if (error.code === 'key_refused') return 'key'
  return error.retryable ? 'transient' : 'place'
}

/** True for failures after which no call has a chance for a while, whatever the place. */
export const stopsAll = (error: unknown): boolean =>
  error instanceof ProviderError && ['limited', 'key'].includes(kindOf(error))

const codes: Readonly<Record<FailureKind, (error: ProviderError) => string>> = {
  place: (error) => (error.code === 'bad_shape' ? 'bad_shape' : 'no_data'),
  limited: () => 'limited',
  key: () => 'key_refused',
  transient: (error) => error.code,
}

/** The same failure, said with the code of its kind; `retryAfterMs` where the provider's words tell more. */
export const asKind = (
  error: ProviderError,
  kind: FailureKind,
  retryAfterMs = error.retryAfterMs,
): ProviderError =>
  new ProviderError(error.provider, error.message, {
    code: codes[kind](error),
    retryable: kind === 'transient',
    ...(error.status !== undefined && { status: error.status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })

/** A reply that cannot be what it should be. `why` must not quote it. */
export const badShape = (provider: string, why: string): ProviderError =>
  new ProviderError(provider, `${provider}: ${why}`, { code: 'bad_shape', retryable: false })
