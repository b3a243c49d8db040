import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBucket, createStrikes } from './rate.ts'

describe('a token bucket', () => {
  it('never lets through more than its burst and its rate', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2_000)), (gaps) => {
        const bucket = createBucket({ burst: 20, perSecond: 5 })
        let now = 0
        let passed = 0
        for (const gap of gaps) {
          now += gap
          if (bucket.take(now).ok) passed += 1
        }
        expect(passed).toBeLessThanOrEqual(20 + (now / 1_000) * 5)
      }),
    )
  })

  it('says when to come back', () => {
    const bucket = createBucket({ burst: 1, perSecond: 5 })
    expect(bucket.take(0)).toEqual({ ok: true })
    expect(bucket.take(0)).toEqual({ ok: false, retryAfterMs: 200 })
    expect(bucket.take(200)).toEqual({ ok: true })
  })
})

describe('strikes', () => {
  const no = { ok: false, retryAfterMs: 1 } as const
  const yes = { ok: true } as const

  it('close after three refused bursts within ten seconds', () => {
    const strikes = createStrikes()
    const verdicts = [no, no, yes, no, yes, no].map((v, i) => strikes.note(v, i * 1_000))
    expect(verdicts).toEqual([false, false, false, false, false, true])
  })

  it('forget bursts of long ago', () => {
    const strikes = createStrikes()
    for (const at of [0, 20_000, 40_000]) {
      expect(strikes.note(no, at)).toBe(false)
      strikes.note(yes, at + 1)
    }
  })
})
