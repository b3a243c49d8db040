import { ProviderError } from '@flux/runtime'
import { stopsAll } from './failure.ts'
import type { Part } from './port.ts'

/** Told of a part that could not be had. */
export type OnPartFailed = (part: Part, error: ProviderError) => void

/** A part of a reading, `null` when it cannot be had: the rest is good without it. A failure that stops all is thrown. */
export const optionalPart = async <T>(
  part: Part,
  work: Promise<T>,
  onFailed: OnPartFailed,
): Promise<T | null> => {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof ProviderError) || stopsAll(error)) throw error
    onFailed(part, error)
    return null
  }
}
