/** An error that knows what it is (`code`, for machines) and whether trying again can help. */
export class FluxError extends Error {
  override readonly name: string = 'FluxError'
  readonly code: string
  readonly retryable: boolean

  constructor(
    code: string,
    message: string,
    options: { retryable?: boolean; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryable = options.retryable ?? false
  }
}

/** The configuration is wrong; `faults` holds one line for every fault. The process exits with 78 (EX_CONFIG). */
export class ConfigError extends FluxError {
  override readonly name = 'ConfigError'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(
      'config_invalid',
      `configuration is invalid:\n${faults.map((f) => `  - ${f}`).join('\n')}`,
    )
    this.faults = faults
  }
}

/** A value breaks its contract: it is never published, and a command with it becomes a dead letter. */
export class ContractError extends FluxError {
  override readonly name = 'ContractError'

  constructor(message: string, options: { cause?: unknown } = {}) {
    super('contract_broken', message, options)
  }
}

/** What a provider's failure tells the caller beside its message. */
export interface ProviderFailure {
  /** Machine-readable kind: `timeout`, `network`, `http_429`, `bad_json`, `too_large`, `bad_shape` … */
  readonly code: string
  readonly retryable: boolean
  /** HTTP status, where there was one. */
  readonly status?: number
  /** How long the provider asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number
  readonly cause?: unknown
}

/** An outside provider failed. The message never holds a key or a query string. */
export class ProviderError extends FluxError {
  override readonly name = 'ProviderError'
  readonly provider: string
  readonly status: number | undefined
  readonly retryAfterMs: number | undefined

  constructor(provider: string, message: string, failure: ProviderFailure) {
    super(failure.code, message, failure)
    this.provider = provider
    this.status = failure.status
    this.retryAfterMs = failure.retryAfterMs
  }
}

/** The text of anything that was thrown, without a stack. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
