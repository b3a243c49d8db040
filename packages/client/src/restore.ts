import type { ClientClock } from './clock.ts'
import type { ClockOffset } from './clock-offset.ts'
import type { Intake } from './intake.ts'
import type { Store } from './store.ts'
import type { Held } from './types.ts'

/** A newest value that was kept from an earlier visit. */
export interface RestorableValue extends Pick<Held, 'value' | 'at' | 'simulated'> {
  readonly channel: string
  readonly key: string
}

/** Below every version that a record can have, so that each record is newer by any rule. */
const version = Number.NEGATIVE_INFINITY

/** True for a value of an earlier visit, which belongs to no log. */
export const isRestored = (held: Held): boolean => held.version === version

/** What values are restored into. */
interface RestoreTarget {
  readonly store: Store
  readonly intake: Pick<Intake, 'isKnown' | 'isLive'>
  readonly clock: ClientClock
  readonly offset: Pick<ClockOffset, 'offsetMs'>
}

/** Puts values of an earlier visit into channels and rooms of which nothing has come yet. */
export const restore = (target: RestoreTarget, values: readonly RestorableValue[]): void => {
  const { store, intake, clock } = target
  const serverNow = clock.now() + target.offset.offsetMs()
  for (const { channel: name, key, value, at, simulated } of values) {
    const content = store.of(name)
    if (!content) continue
    const { channel } = content
    const room = channel.roomOf(key)
    // In a room whose content has come, a missing key is one that has gone.
    const late = intake.isLive(room) || intake.isKnown(room)
    const lasts = channel.onKafka && channel.delivery === 'latest'
    if (late || !lasts || at < serverNow - channel.ages.retentionMs) continue
    content.restore(key, {
      ...{ value, at, simulated, version },
      position: ['', -1],
      receivedAt: clock.now(),
    })
  }
}
