import type { FluxClient } from '@flux/client'
import { useClient } from './client-context.tsx'

/** Reads newest values without following them: for what is looked at on a beat, not on every change. */
export const useRead = (): FluxClient['read'] => useClient().read
