import type { Clock } from '@flux/runtime'

/** Who wants a room: the limits of new demand go by both. */
export interface Asker {
  readonly userId: string
  readonly address: string
}

/** How many rooms without a value may be asked for in a minute; infinite for no limit. */
export interface DemandLimits {
  readonly perUser: number
  readonly perAddress: number
}

const spanMs = 60_000

const unlimited = { hasRoom: () => true, add: () => {}, sweep: () => {}, size: () => 0 }

/** Counts what each key did within the last minute. */
const createCounts = (limit: number, clock: Clock) => {
  if (limit === Number.POSITIVE_INFINITY) return unlimited
  const times = new Map<string, number[]>()
  const recent = (key: string) =>
    (times.get(key) ?? []).filter((at) => clock.monotonic() - at < spanMs)
  return {
    hasRoom: (key: string) => recent(key).length < limit,
    add: (key: string) => times.set(key, [...recent(key), clock.monotonic()]),
    sweep: () => {
      for (const key of times.keys()) if (recent(key).length === 0) times.delete(key)
    },
    size: () => times.size,
  }
}

/** The limits of new demand on this replica. */
export interface Limits {
  /** True when the asker may have one more; a refusal costs neither the user nor the address anything. */
  take(asker: Asker): boolean
  /** Forgets whoever asked for nothing within the last minute. */
  sweep(): void
  /** Users and addresses that are remembered. */
  size(): number
}

/** Limits that nobody has used yet. */
export const createLimits = ({ perUser, perAddress }: DemandLimits, clock: Clock): Limits => {
  const users = createCounts(perUser, clock)
  const addresses = createCounts(perAddress, clock)
  return {
    take: ({ userId, address }) => {
      if (!users.hasRoom(userId) || !addresses.hasRoom(address)) return false
      users.add(userId)
      addresses.add(address)
      return true
    },
    sweep: () => {
      users.sweep()
      addresses.sweep()
    },
    size: () => users.size() + addresses.size(),
  }
}
