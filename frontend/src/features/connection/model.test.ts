import type { ClientStatus } from '@flux/client'
import { describe, expect, it } from 'vitest'
import { announcement, canRetry, pillWords, resumeWords, shownPhase } from './model.ts'

const at = Date.UTC(2026, 0, 2, 14, 3, 0)
const time = { now: at + 10_000, timeZone: 'UTC' }
const status = (facts: Partial<ClientStatus> = {}): ClientStatus => ({
  phase: 'live',
  since: at,
  clockOffsetMs: 0,
  attempt: 0,
  ...facts,
})
const resume = { at, outcome: 'recovered', channels: {}, caughtUp: 1_212 } as const

describe('shownPhase', () => {
  it('is stale when the server itself hears nothing', () => {
    expect(shownPhase('live', 'dark')).toBe('stale')
    expect(shownPhase('live', 'catching-up')).toBe('stale')
    expect(shownPhase('live', 'live')).toBe('live')
    expect(shownPhase('live', undefined)).toBe('live')
    expect(shownPhase('offline', 'dark')).toBe('offline')
    expect(shownPhase('session', undefined)).toBe('connecting')
  })
})

describe('pillWords', () => {
  it('says how long a value takes', () => {
    expect(pillWords('live', status({ latencyMs: 37.6 }), time)).toEqual({
      word: 'Live',
      detail: ' 38 ms',
    })
  })

  it('tells for a while what came back, then the latency again', () => {
    const back = status({ latencyMs: 38, lastResume: resume })
    expect(pillWords('live', back, { ...time, now: at + 1_000 }).detail).toBe(
      ', caught up 1,212 updates',
    )
    expect(pillWords('live', back, time).detail).toBe(' 38 ms')
  })

  it('says since when it is offline and when it tries again', () => {
    const offline = status({ phase: 'offline', retryAt: time.now + 3_200 })
    expect(pillWords('offline', offline, time)).toEqual({
      word: 'Offline since 14:03',
      detail: ', trying again in 4 s',
    })
    expect(pillWords('offline', status({ phase: 'offline' }), time).detail).toBe(
      ', trying again now',
    )
    expect(pillWords('offline', status({ retryAt: at - 5_000 }), time).detail).toBe(
      ', trying again now',
    )
  })
})

describe('canRetry', () => {
  it('is for a page that waits, not for one whose first attempt is under way', () => {
    expect(canRetry(status({ phase: 'offline' }))).toBe(true)
    expect(canRetry(status({ phase: 'connecting', attempt: 1 }))).toBe(true)
    expect(canRetry(status({ phase: 'connecting' }))).toBe(false)
    expect(canRetry(status())).toBe(false)
  })
})

describe('resumeWords', () => {
  it('tells each outcome apart', () => {
    expect(resumeWords({ ...resume, caughtUp: 1 })).toBe('caught up 1 update')
    expect(resumeWords({ ...resume, caughtUp: 0 })).toBe('nothing missed')
    expect(resumeWords({ ...resume, outcome: 'snapshot' })).toBe('newest values, a gap not filled')
    expect(resumeWords({ ...resume, outcome: 'reset' })).toBe('started afresh')
  })
})

describe('announcement', () => {
  it('speaks on a change that matters and on nothing else', () => {
    expect(announcement('live', 'live', resume)).toBeUndefined()
    expect(announcement('offline', 'recovering', resume)).toBeUndefined()
    expect(announcement('live', 'offline', undefined)).toMatch(/^Offline\./)
    expect(announcement('recovering', 'live', resume)).toBe('Live again, caught up 1,212 updates.')
    expect(announcement('connecting', 'live', resume)).toBe('Live.')
  })
})
