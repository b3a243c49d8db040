import type { ClientStatus } from '@flux/client'
import { useSyncExternalStore } from 'react'
import { useClient } from './client-context.tsx'

/** The state of the connection. */
export const useStatus = (): ClientStatus => {
  const client = useClient()
  return useSyncExternalStore(client.onStatus, client.status)
}

/** The connection's phase alone; renders again only when that changes. */
export const usePhase = (): ClientStatus['phase'] => {
  const client = useClient()
  return useSyncExternalStore(client.onStatus, () => client.status().phase)
}

/** The replica that serves us; renders again only when that changes. */
export const useReplica = (): string | undefined => {
  const client = useClient()
  return useSyncExternalStore(client.onStatus, () => client.status().replica)
}
