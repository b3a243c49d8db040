/**
 * What keeps an image from being built; the message says what to do.
 * Not the stack's error: this folder runs inside the build too, with nothing beside it.
 */
export class ImageError extends Error {
  override readonly name = 'ImageError'
  readonly code: string
  readonly retryable = false

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
