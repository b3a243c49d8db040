import type { UserValues } from '@flux/contracts'
import { unitsOfLocale } from '../ui/units.ts'
import { useClient } from './client-context.tsx'
import { useUser } from './use-user.ts'

/** `metric` or `imperial`. */
export type Units = UserValues['units']

/** The user's units, those of the browser's language until they are chosen. */
export const useUnits = (): Units => useUser('units') ?? unitsOfLocale(navigator.language)

/** Chooses units, in all of the user's tabs. */
export const useSetUnits = (): ((units: Units) => void) => {
  const client = useClient()
  return (units) => client.setUser('units', units)
}
