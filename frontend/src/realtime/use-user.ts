import type { UserField, UserValues } from '@flux/contracts'
import { useCallback, useSyncExternalStore } from 'react'
import { useClient } from './client-context.tsx'

/** A field that all of the user's tabs share; `undefined` until it was set once. */
export const useUser = <Field extends UserField>(field: Field): UserValues[Field] | undefined => {
  const client = useClient()
  const subscribe = useCallback(
    (listener: () => void) => client.onUser(field, listener),
    [client, field],
  )
  return useSyncExternalStore(subscribe, () => client.user(field))
}
