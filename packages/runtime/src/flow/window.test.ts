import { manualClock } from '@flux/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWindow } from './window.ts'

describe('window', () => {
  it('never grants more than the limit in any span, and never less than is free', async () => {
    const steps = fc.array(fc.record({ waitMs: fc.nat(150), want: fc.nat(6) }), {
      maxLength: 80,
      size: 'max',
    })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 10 }), steps, async (limit, takes) => {
        const clock = manualClock()
        const window = createWindow({ limit, windowMs: 500, clock })
        const grants: { at: number; count: number }[] = []
        for (const { waitMs, want } of takes) {
          await clock.advance(waitMs)
          const now = clock.monotonic()
          const used = grants
            .filter((grant) => grant.at > now - 500)
            .reduce((sum, grant) => sum + grant.count, 0)
          const granted = window.take(want)
          expect(granted).toBe(Math.min(want, limit - used))
          grants.push({ at: now, count: granted })
        }
      }),
      { numRuns: 40 },
    )
  })
})
