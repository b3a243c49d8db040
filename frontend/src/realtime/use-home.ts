import type { Place } from '@flux/contracts'
import { useUser } from './use-user.ts'

/** The user's home place; null when there is to be none, `undefined` while none is known. */
export const useHome = (): Place | null | undefined => useUser('home')
