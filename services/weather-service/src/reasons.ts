import type { ProviderError } from '@flux/runtime'
import { kindOf } from './provider/failure.ts'

/** Why a place could not be fetched, in words for people. */
export const reasonFor = (error: ProviderError, title: string, placeName: string): string => {
  const kind = kindOf(error)
  if (kind === 'limited') return `${title} allows no more requests for now`
  if (kind === 'key') return `${title} refuses the key`
  if (kind === 'transient') return `${title} does not answer properly for now`
  return error.code === 'no_data'
    ? `${title} has no weather for ${placeName}`
    : `${title} sent an answer for ${placeName} that cannot be read`
}
