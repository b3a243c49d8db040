import { type Clock, fetchJson, type OnCall, ProviderError } from '@flux/runtime'
import * as z from 'zod'

/** Longest error body that is looked at, in bytes. */
const maxWordsBytes = 4_096

/** What a call needs. */
export interface CallOptions {
  readonly provider: string
  /** It may hold a key in its query string: it is shown nowhere. */
  readonly url: string
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onCall?: OnCall | undefined
  /** An error that came with status 200: its status and words, `undefined` for a good body. */
  errorIn(body: unknown): { readonly status: number; readonly words: string } | undefined
  /** Says what a failure means; `words` are the provider's own and never leave this function. */
  refine(error: ProviderError, words: string): ProviderError
}

const timeoutMs = 8_000

const wordsOf = async (response: Response): Promise<string> => {
  const decoder = new TextDecoder()
  let words = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    words += decoder.decode(chunk, { stream: true })
    bytes += chunk.byteLength
    if (bytes >= maxWordsBytes) break
  }
  return words
}

const statusError = (provider: string, status: number): ProviderError =>
  new ProviderError(provider, `${provider}: the body says status ${status}`, {
    code: `http_${status}`,
    retryable: status === 429 || status >= 500,
    status,
  })

/** Gets the body of a good answer, unchecked. Throws ProviderError as `refine` makes it. */
export const callProvider = async (options: CallOptions): Promise<unknown> => {
  const { provider, url, clock, signal, onCall, refine } = options
  let words = ''
  // The words of an error tell a limit from an overload; fetchJson looks at the status alone.
  const listening: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    if (response.ok) return response
    words = await wordsOf(response)
    return new Response(null, { status: response.status, headers: response.headers })
  }
  try {
    const schema = z.unknown()
    const { value } = await fetchJson({
      ...{ provider, url, clock, signal, onCall, schema, timeoutMs },
      maxBytes: 500_000,
      fetch: listening,
    })
    const fault = options.errorIn(value)
    if (!fault) return value
    words = fault.words
    throw statusError(provider, fault.status)
  } catch (error) {
    throw error instanceof ProviderError ? refine(error, words) : error
  }
}
