import type { ZodType } from 'zod'
import { type Clock, systemClock } from '../clock.ts'
import { FluxError, ProviderError, type ProviderFailure } from '../errors.ts'
import { withTimeout } from '../flow/timeout.ts'
import { inSpan } from '../telemetry/tracing.ts'
import { readBody } from './read-body.ts'
import { parseRetryAfter } from './retry-after.ts'
import { parseTarget, type Target } from './target.ts'

/** Told of every call that was made, whatever came of it, and how long it took. */
export type OnCall = (provider: string, seconds: number) => void

/** What `fetchJson` needs. */
export interface FetchJsonOptions<T> {
  /** Names the provider in errors. */
  readonly provider: string
  /** `http` or `https`; its query string never reaches a message. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds from the call to the last byte of the body. */
  readonly timeoutMs: number
  /** Longest body taken, in bytes after decompression. */
  readonly maxBytes: number
  readonly schema: ZodType<T>
  readonly signal: AbortSignal
  readonly clock?: Clock
  readonly fetch?: typeof fetch
  readonly onCall?: OnCall | undefined
}

/** A checked answer. */
export interface JsonReply<T> {
  readonly value: T
  readonly headers: Headers
}

type Fail = (failure: ProviderFailure, why: string) => ProviderError

/** A word such as ECONNREFUSED. Never the message: undici puts whole addresses and header values into some. */
const systemCode = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'no connection'
}

const retryableStatus = (status: number): boolean =>
  status === 408 || status === 429 || status >= 500

const statusFailure = (response: Response, now: number): ProviderFailure => {
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), now)
  return {
    code: `http_${response.status}`,
    retryable: retryableStatus(response.status),
    status: response.status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

const parseJson = (body: Uint8Array, fail: Fail): unknown => {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    return value
  } catch {
    // The parser's message quotes the body.
    throw fail({ code: 'bad_json', retryable: true }, 'the body is not JSON')
  }
}

const checkShape = <T>(value: unknown, schema: ZodType<T>, fail: Fail): T => {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues = result.error.issues.slice(0, 3)
  const why = issues.map((issue) => `${issue.path.join('.') || 'value'}: ${issue.code}`).join(', ')
  throw fail({ code: 'bad_shape', retryable: false }, `unexpected shape (${why.slice(0, 200)})`)
}

const receive = async <T>(
  options: FetchJsonOptions<T>,
  target: URL,
  fail: Fail,
  signal: AbortSignal,
): Promise<JsonReply<T>> => {
  const { clock = systemClock, maxBytes } = options
  const response = await (options.fetch ?? fetch)(target, {
    headers: { accept: 'application/json', ...options.headers },
    // Followed, a redirect would carry key headers to another host.
    redirect: 'manual',
    signal,
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw fail(statusFailure(response, clock.now()), `HTTP status ${response.status}`)
  }
  const body = await readBody(response, maxBytes)
  if (!body) throw fail({ code: 'too_large', retryable: false }, `body over ${maxBytes} bytes`)
  const value = checkShape(parseJson(body, fail), options.schema, fail)
  return { value, headers: response.headers }
}

const call = async <T>(options: FetchJsonOptions<T>, target: Target): Promise<JsonReply<T>> => {
  const { provider, timeoutMs: ms, signal, clock = systemClock } = options
  const { url, shown } = target
  const startedAt = clock.monotonic()
  const fail: Fail = (failure, why) =>
    new ProviderError(provider, `${provider}: ${shown}: ${why}`, failure)
  try {
    return await withTimeout((inner) => receive(options, url, fail, inner), { ms, clock, signal })
  } catch (error) {
    if (error instanceof ProviderError) throw error
    signal.throwIfAborted()
    if (error instanceof FluxError)
      throw fail({ code: error.code, retryable: true }, `no answer within ${ms} ms`)
    throw fail({ code: 'network', retryable: true }, systemCode(error))
  } finally {
    options.onCall?.(provider, (clock.monotonic() - startedAt) / 1_000)
  }
}

/**
 * Gets JSON and checks it. Throws ProviderError: `timeout`, `network`, `http_NNN` (408, 429 and 5xx retryable, with
 * `Retry-After`), `bad_json`, `bad_shape`, `too_large`, `bad_url`; messages name host and path, never the query string
 * or a header. Throws the signal's reason when aborted. Redirects are not followed (`http_3NN`).
 */
export const fetchJson = async <T>(options: FetchJsonOptions<T>): Promise<JsonReply<T>> => {
  const target = parseTarget(options.provider, options.url, ['http:', 'https:'])
  return inSpan('GET', () => call(options, target), {
    kind: 'client',
    // Never the query: it may hold a key.
    attributes: {
      'http.request.method': 'GET',
      'server.address': target.url.host,
      'url.path': target.url.pathname,
      'flux.provider': options.provider,
    },
  })
}
