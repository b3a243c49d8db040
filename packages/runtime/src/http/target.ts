import { ProviderError } from '../errors.ts'

/** An address, and the part of it that may be shown. */
export interface Target {
  readonly url: URL
  /** Host and path: query strings hold keys. */
  readonly shown: string
}

/** Reads an address. Throws `bad_url` (ProviderError, not retryable) without the address, which may hold a key. */
export const parseTarget = (
  provider: string,
  address: string,
  protocols: readonly string[],
): Target => {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !protocols.includes(url.protocol) || url.username || url.password) {
    const message = `${provider}: the address is not a plain ${protocols.join(' or ')} URL`
    throw new ProviderError(provider, message, { code: 'bad_url', retryable: false })
  }
  return { url, shown: `${url.host}${url.pathname}` }
}
