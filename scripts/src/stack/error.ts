/**
 * What keeps the stack from starting or going on; the message says what to do.
 * Not runtime's error: starting a server must not load Kafka clients and telemetry first.
 */
export class StackError extends Error {
  override readonly name = 'StackError'
  readonly code: string
  readonly retryable = false

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Whether something thrown carries this `code` (a system call's or one of ours). */
export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code))
