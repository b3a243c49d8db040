import { systemClock } from '@flux/runtime'
import type { Served } from '../bench/bench.ts'
import { type Fleet, type FleetOptions, type OpenOptions, startFleet } from '../bench/fleet.ts'

/** Clients of a scenario: how many, in how many processes. */
export interface CrowdOptions extends Omit<FleetOptions, 'server'> {
  readonly clients: number
  readonly how?: OpenOptions
}

/** Opens clients of a server in processes of their own. Throws when one does not get in. */
export const gather = async ({ server }: Served, options: CrowdOptions): Promise<Fleet> => {
  const { clients, how, ...fleetOptions } = options
  const fleet = startFleet({ server, ...fleetOptions })
  const { failed, firstError } = await fleet.open(clients, how)
  if (failed === 0) return fleet
  await fleet.close()
  throw new Error(`${failed} of ${clients} clients did not get in: ${firstError}`)
}

/** Most that `read` gives within this time, looked at twice a second. */
export const highest = async (seconds: number, read: () => number): Promise<number> => {
  let most = read()
  const until = systemClock.monotonic() + seconds * 1_000
  while (systemClock.monotonic() < until) {
    await systemClock.sleep(500)
    most = Math.max(most, read())
  }
  return most
}

const patienceMs = 20_000

/** Waits until every client of the fleet has the last record of every key; true when they do. */
export const settled = async (fleet: Fleet, keys: number): Promise<boolean> => {
  const until = systemClock.monotonic() + patienceMs
  for (;;) {
    const { fewestFinals } = await fleet.report()
    if (fewestFinals === keys) return true
    if (systemClock.monotonic() > until) return false
    await systemClock.sleep(100)
  }
}
