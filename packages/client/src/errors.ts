import type { RefusalCode } from '@flux/contracts'

/** Why a request of the client failed: the server's refusal, no connection, no answer, or one that is none. */
export type ClientErrorCode = RefusalCode | 'offline' | 'timeout' | 'malformed'

const lasting: ReadonlySet<ClientErrorCode> = new Set([
  'bad_request',
  'forbidden',
  'unauthorized',
  'unknown_place',
  'malformed',
])

/** A request of the client failed. */
export class FluxClientError extends Error {
  readonly code: ClientErrorCode
  /** The same request may succeed later. */
  readonly retryable: boolean
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(code: ClientErrorCode, message: string, retryAfterMs?: number) {
    super(message)
    this.name = 'FluxClientError'
    this.code = code
    this.retryable = !lasting.has(code)
    this.retryAfterMs = retryAfterMs
  }
}
