import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { watchDark } from './dark.ts'

const watched = () => {
  const clock = manualClock()
  const ending = new AbortController()
  const world = { silentMs: 0, tail: 'live', peer: true }
  const calls: string[] = []
  const dark = watchDark({
    clock,
    feed: { silentMs: () => world.silentMs, tail: () => (world.tail === 'live' ? 'live' : 'dark') },
    stats: { hasLivePeer: () => world.peer },
    drain: {
      begin: (ms) => {
        calls.push(`begin ${ms}`)
        return Promise.resolve()
      },
      end: () => calls.push('end'),
    },
    drainMs: 5_000,
    signal: ending.signal,
    onError: (error) => calls.push(String(error)),
  })
  const goDark = () => Object.assign(world, { silentMs: 15_001, tail: 'dark' })
  const comeBack = () => Object.assign(world, { silentMs: 0, tail: 'live' })
  return { clock, ending, world, calls, dark, goDark, comeBack }
}

describe('a replica in the dark', () => {
  it('sends its clients to a live peer once, and takes them again when it hears Kafka', async () => {
    const { clock, calls, dark, goDark, comeBack } = watched()
    await clock.advance(20_000)
    expect(dark.isAway()).toBe(false)
    goDark()
    await clock.advance(10_000)
    expect(calls).toEqual(['begin 5000'])
    expect(dark.isAway()).toBe(true)
    comeBack()
    await clock.advance(1_000)
    expect(calls).toEqual(['begin 5000', 'end'])
    expect(dark.isAway()).toBe(false)
    dark.stop()
    expect(clock.pending()).toBe(0)
  })

  it('stays away until its tail is live again, not just until the first fetch', async () => {
    const { clock, world, dark, goDark } = watched()
    goDark()
    await clock.advance(1_000)
    world.silentMs = 0
    await clock.advance(5_000)
    expect(dark.isAway()).toBe(true)
  })

  it('stays where it is while no peer is live, and comes back when the last one is gone', async () => {
    const { clock, world, calls, dark, goDark } = watched()
    goDark()
    world.peer = false
    await clock.advance(60_000)
    expect(calls).toEqual([])
    world.peer = true
    await clock.advance(1_000)
    expect(dark.isAway()).toBe(true)
    world.peer = false
    await clock.advance(1_000)
    expect(calls).toEqual(['begin 5000', 'end'])
  })

  it('leaves the drain of a process that ends alone', async () => {
    const { clock, calls, ending, goDark, comeBack } = watched()
    goDark()
    await clock.advance(1_000)
    ending.abort()
    comeBack()
    await clock.advance(10_000)
    expect(calls).toEqual(['begin 5000'])
  })
})
