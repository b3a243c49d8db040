import type { Clock } from '../../clock.ts'
import { createMemoryGroups, type MemoryGroups } from './groups.ts'
import { createMemoryLog, type MemoryLog } from './log.ts'

/** A broker in memory: a log and the groups that read it. */
export interface MemoryBroker extends MemoryLog {
  readonly groups: MemoryGroups
}

/** Makes a broker for one memory bus or several; `newId` names the epochs of its log. */
export const createMemoryBroker = (options: {
  readonly clock: Clock
  readonly newId?: () => string
}): MemoryBroker => {
  const log = createMemoryLog(options)
  return { ...log, groups: createMemoryGroups(log) }
}
