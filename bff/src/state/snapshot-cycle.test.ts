import { cacheKey, cryptoTicker } from '@flux/contracts'
import { createLog, createMemoryCache, createMetrics } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createChannelState } from './channel-state.ts'
import type { Snapshot } from './snapshot.ts'
import { createSnapshotEvents } from './snapshot-events.ts'
import { readSnapshots } from './snapshot-reader.ts'
import { createSnapshotStates } from './snapshot-states.ts'
import { writeSnapshots } from './snapshot-writer.ts'
import { stored } from './stored.fixture.ts'

const key = cacheKey.snapshot(cryptoTicker.name)
const everyMs = 10_000

const world = () => {
  const clock = manualClock()
  const cache = createMemoryCache({ clock })
  const metrics = createMetrics()
  const lines: string[] = []
  const log = createLog({ name: 'test' }, { write: (line) => void lines.push(line) })
  const events = createSnapshotEvents(log, metrics)
  const state = createChannelState(cryptoTicker)
  const now = { tail: 'live' as 'live' | 'catching-up', epoch: 'e' as string | undefined }
  let offset = -1
  const change = () => {
    offset += 1
    state.apply(stored({ key: 'BTC-USD', offset, removed: true, appendedAt: clock.now() }))
    state.advance(0, offset)
  }
  const feed = {
    stateOf: (name: string) => (name === cryptoTicker.name ? state : undefined),
    ...{ epoch: () => now.epoch, tail: () => now.tail },
  }
  const writer = (replica: string) =>
    writeSnapshots({ feed, cache, clock, replica, everyMs, events })
  const restored: (readonly Snapshot[])[] = []
  const reader = (caughtUp = () => false) =>
    readSnapshots({
      ...{ cache, clock, events },
      feed: {
        caughtUp,
        restore: (found) => {
          restored.push(found)
          return found.map(({ channel }) => channel.name)
        },
      },
    })
  const counted = async (series: string) =>
    Number((await metrics.registry.metrics()).split(`${series} `)[1]?.split('\n')[0])
  const writes = (outcome: string) =>
    counted(`flux_snapshot_writes_total{channel="crypto.ticker",outcome="${outcome}"}`)
  const bad = () => counted('flux_snapshot_reads_total{channel="crypto.ticker",outcome="bad"}')
  return { clock, cache, now, change, writer, reader, restored, lines, writes, bad }
}

describe('writing snapshots', () => {
  it('is done by one replica per period, for what has changed', async () => {
    const { clock, cache, change, writer, writes } = world()
    const stops = ['a', 'b', 'c'].map(writer)
    change()
    await clock.advance(everyMs)
    expect(await writes('written')).toBe(1)
    expect(JSON.parse((await cache.get(key)) ?? '')).toMatchObject({ epoch: 'e', heads: { 0: 0 } })
    // The others write it once each, since they cannot know that the first one did, and then nobody.
    await clock.advance(10 * everyMs)
    expect(await writes('written')).toBe(3)
    for (const stop of stops) stop()
    expect(clock.pending()).toBe(0)
  })

  it('goes on every period while there are changes', async () => {
    const { clock, change, writer, writes } = world()
    writer('a')
    for (let n = 0; n < 5; n += 1) {
      change()
      await clock.advance(everyMs)
    }
    expect(await writes('written')).toBe(5)
  })

  it('waits until the log has been read, and for a cache that is away', async () => {
    const { clock, cache, now, change, writer, writes } = world()
    writer('a')
    change()
    now.tail = 'catching-up'
    await clock.advance(everyMs)
    cache.setAway(true)
    now.tail = 'live'
    await clock.advance(everyMs)
    expect(await writes('written')).toBe(0)
    cache.setAway(false)
    await clock.advance(everyMs)
    expect(await writes('written')).toBe(1)
  })
})

describe('reading snapshots', () => {
  it('begins after a second without the log, and is tried until there are some', async () => {
    const { clock, cache, change, writer, reader, restored } = world()
    change()
    const stop = writer('a')
    await clock.advance(everyMs)
    stop()
    cache.setAway(true)
    reader()
    await clock.advance(2_500)
    expect(restored.flat()).toEqual([])
    cache.setAway(false)
    await clock.advance(1_000)
    expect(restored.flat()).toMatchObject([{ epoch: 'e', heads: { 0: 0 } }])
    await clock.advance(60_000)
    expect(restored.flat()).toHaveLength(1)
    expect(clock.pending()).toBe(0)
  })

  it('is not done when the log has been read by then', async () => {
    const { clock, change, writer, reader, restored } = world()
    change()
    const stop = writer('a')
    await clock.advance(everyMs)
    stop()
    reader(() => true)
    await clock.advance(60_000)
    expect(restored).toEqual([])
    expect(clock.pending()).toBe(0)
  })

  it('skips a bad one, counts it and says so once', async () => {
    const { clock, cache, reader, restored, lines, bad } = world()
    await cache.set(key, '{"schema":1}', 100_000)
    reader()
    await clock.advance(3_000)
    expect(restored.flat()).toEqual([])
    expect(await bad()).toBe(3)
    expect(lines.filter((line) => line.includes('crypto.ticker'))).toHaveLength(1)
  })
})

describe('snapshots that stand in for the log', () => {
  const snapshot = (epoch: string, at: number): Snapshot => ({
    ...{ channel: cryptoTicker, epoch, at, heads: { 0: 7 }, entries: [] },
  })

  it('are of one log: the one that is known, else the one written last', () => {
    const states = createSnapshotStates()
    const both = [snapshot('old', 1), snapshot('new', 2)]
    expect(states.load(both, 'third', 0)).toEqual([])
    expect(states.epoch()).toBeUndefined()
    states.load(both, undefined, 0)
    expect(states.epoch()).toBe('new')
    expect(states.stateOf(cryptoTicker.name)?.heads()).toMatchObject({ 0: 7 })
    expect(states.drop()).toHaveLength(1)
    expect([states.epoch(), states.stateOf(cryptoTicker.name)]).toEqual([undefined, undefined])
  })
})
