import { platformCanary } from '@flux/contracts'
import type { Service } from '@flux/runtime'
import { nextBeat } from './beat.ts'

/**
 * Publishes one canary a second from the leader. `seq` goes on from the newest one of the own topic. One is sent after
 * the other was taken, so a number that is missing at a reader was lost on the way, and never left out here.
 */
export const startCanary = async ({ clock, newest, lead }: Service<unknown>): Promise<void> => {
  lead(async ({ signal, publish }) => {
    const stored = await newest(platformCanary, signal)
    let seq = stored.get('canary')?.value.seq ?? 0
    for (let due = clock.monotonic(); ; due = nextBeat(due, clock.monotonic())) {
      await clock.sleep(Math.max(0, due - clock.monotonic()), signal)
      seq += 1
      await publish(platformCanary, { seq, sentAt: Math.round(clock.now()) })
    }
  })
}
