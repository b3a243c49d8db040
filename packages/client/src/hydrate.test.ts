import type { HydrateMessage } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { stage, worstOf } from './hydrate.ts'

const part = (number: number, fields: Partial<HydrateMessage> = {}): HydrateMessage => ({
  room: 'crypto.global',
  epoch: 'e',
  channels: {},
  heads: {},
  part: number,
  last: false,
  ...fields,
})

const entry = (k: string, offset: number) => ({
  k,
  d: {},
  t: 0,
  p: [0, offset] as [number, number],
  v: 1,
})

describe('stage', () => {
  it('puts the parts of a channel together, with the worst outcome and the highest heads', () => {
    const first = stage(
      undefined,
      part(0, {
        channels: { 'crypto.ticker': { outcome: 'recovered', entries: [entry('A', 1)] } },
        heads: { 'crypto.ticker': { '0': 4 } },
      }),
    )
    const whole = stage(
      first,
      part(1, {
        channels: { 'crypto.ticker': { outcome: 'snapshot', entries: [entry('B', 2)] } },
        heads: { 'crypto.ticker': { '0': 3, '1': 9 } },
      }),
    )
    const channel = whole?.staged.channels.get('crypto.ticker')
    expect(channel?.outcome).toBe('snapshot')
    expect(channel?.entries.map((one) => one.k)).toEqual(['A', 'B'])
    expect(whole?.staged.heads.get('crypto.ticker')).toEqual({ '0': 4, '1': 9 })
  })

  it('begins afresh with part 0 and refuses what has a hole', () => {
    const first = stage(undefined, part(0))
    expect(stage(first, part(2))).toBeUndefined()
    expect(stage(undefined, part(1))).toBeUndefined()
    expect(stage(first, part(0))?.next).toBe(1)
  })

  it('names the worst of several outcomes', () => {
    expect(worstOf([])).toBe('recovered')
    expect(worstOf(['recovered', 'reset', 'snapshot'])).toBe('reset')
  })
})
