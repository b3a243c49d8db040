import { channelByName, fetchWeather } from '@flux/contracts'
import {
  createLog,
  createMemoryBroker,
  createMemoryBus,
  createMemoryCache,
  createMetrics,
} from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createChannelState } from '../state/channel-state.ts'
import { stored } from '../state/stored.fixture.ts'
import { asksOf } from './asks.ts'
import { createDemand } from './demand.ts'
import { createDemandEvents } from './events.ts'
import { createLimits } from './limits.ts'
import { createWindows } from './windows.ts'

const room = 'weather.oslo-no'
const asker = { userId: 'u', address: 'home' }
const minute = 60_000

const weatherState = () => {
  const channel = channelByName('weather')
  if (!channel) throw new Error('no weather')
  return createChannelState(channel)
}

/** Replicas that share a log, a cache and a clock; the state stands for what all of them have read. */
const world = ({ replicas = 1, perUser = 1_000, sendMs = 0 } = {}) => {
  const clock = manualClock()
  const broker = createMemoryBroker({ clock })
  const { topic, partitions } = fetchWeather
  broker.ensure([{ topic, partitions, config: {} }])
  const cache = createMemoryCache({ clock })
  const now = { tail: 'live' as 'live' | 'dark', state: weatherState() }
  let offset = 0
  const answer = (place = 'oslo-no') => {
    offset += 1
    const times = { appendedAt: clock.now(), at: clock.now() }
    now.state.apply(stored({ key: place, room: `weather.${place}`, offset, ...times }))
  }
  const metrics = createMetrics()
  const events = createDemandEvents(createLog({ name: 'test', level: 'silent' }), metrics)
  let ids = 0
  const slowBus = () => {
    const bus = createMemoryBus({ clock, broker })
    const send: typeof bus.send = async (...args) => {
      if (sendMs > 0) await clock.sleep(sendMs)
      await bus.send(...args)
    }
    return { send }
  }
  const demands = Array.from({ length: replicas }, (_, index) =>
    createDemand({
      ...{ clock, events, bus: slowBus() },
      feed: { stateOf: () => now.state, tail: () => now.tail },
      windows: createWindows({ cache, clock, replica: `r${index}` }),
      limits: createLimits({ perUser, perAddress: 1_000 }, clock),
      newId: () => {
        ids += 1
        return `id${ids}`
      },
    }),
  )
  const [demand] = demands
  if (!demand) throw new Error('no replica')
  const sent = () =>
    broker
      .ends(topic)
      .flatMap((_, partition) => broker.from(topic, partition, 0))
      .map((record) => ({
        at: record.timestamp,
        key: record.key,
        command: fetchWeather.schema.parse(JSON.parse(record.value?.toString() ?? '')),
      }))
      .toSorted((a, b) => a.at - b.at)
  return { clock, broker, cache, now, answer, demands, demand, sent, metrics }
}

describe('demand', () => {
  it('knows what a room can ask for from the contracts alone', () => {
    const names = (name: string) => asksOf(name).map(({ command }) => command.name)
    expect(names(room)).toEqual(['weather.fetch'])
    expect(asksOf(room)[0]).toMatchObject({ key: 'oslo-no', body: { placeId: 'oslo-no' } })
    expect(names('crypto.global')).toEqual(['crypto.movers.refresh', 'crypto.topcoins.refresh'])
    for (const none of ['crypto.BTC-USD', 'user.x', 'abcdefghijklmnopqrst', '', 'weather.A b'])
      expect(names(none), none).toEqual([])
  })

  it('asks at the first join, once however many join, and in growing steps until it is answered', async () => {
    const { clock, demand, sent, answer } = world()
    const startedAt = clock.now()
    for (let n = 0; n < 1_000; n += 1) demand.joined(room, asker)
    await clock.settle()
    expect(sent()).toHaveLength(1)
    expect(sent()[0]).toMatchObject({ key: 'oslo-no', command: { reason: 'missing' } })
    await clock.advance(6 * minute)
    expect(sent().map(({ at }) => Math.floor((at - startedAt) / 1_000))).toEqual([
      0, 16, 47, 108, 229, 350,
    ])
    expect(new Set(sent().map(({ command }) => command.waitingSince))).toEqual(new Set([startedAt]))
    expect(new Set(sent().map(({ command }) => command.id)).size).toBe(6)
    answer()
    await clock.advance(9 * minute)
    expect(sent()).toHaveLength(6)
  })

  it('asks again for a value that grows old while somebody looks, and for nothing when nobody does', async () => {
    const { clock, demand, sent, answer } = world()
    answer()
    demand.joined(room, asker)
    await clock.advance(10 * minute)
    expect(sent()).toEqual([])
    await clock.advance(2_000)
    expect(sent().map(({ command }) => command.reason)).toEqual(['stale'])
    answer()
    demand.emptied(room)
    expect(demand.size()).toBe(0)
    await clock.advance(60 * minute)
    expect(sent()).toHaveLength(1)
    demand.stop()
    expect(clock.pending()).toBe(0)
  })

  it('keeps what it cannot send and sends it under the same id when the broker is back', async () => {
    const { clock, broker, demand, sent, answer, now } = world()
    broker.goAway()
    demand.joined(room, asker)
    await clock.advance(5_000)
    broker.comeBack()
    await clock.advance(1_000)
    expect(sent()).toMatchObject([{ command: { id: 'id1', requestedAt: clock.now() } }])
    answer()
    now.tail = 'dark'
    await clock.advance(20 * minute)
    expect(sent()).toHaveLength(1)
    now.tail = 'live'
    await clock.advance(1_000)
    expect(sent()).toHaveLength(2)
  })

  it('sends one at a time, however long sending takes', async () => {
    const { clock, demand, sent, answer } = world({ sendMs: 5_000 })
    demand.joined(room, asker)
    await clock.advance(14_000)
    expect(sent()).toHaveLength(1)
    answer()
    await clock.advance(5 * minute)
    expect(sent()).toHaveLength(1)
  })

  it('opens no new window by leaving and coming back while the cache is away', async () => {
    const { clock, cache, demand, sent } = world()
    cache.setAway(true)
    for (let n = 0; n < 10; n += 1) {
      demand.joined(room, asker)
      await clock.advance(1_000)
      demand.emptied(room)
    }
    expect(sent()).toHaveLength(1)
  })

  it('asks for as many new rooms as the limits allow, the others later', async () => {
    const { clock, demand, sent, answer, metrics } = world({ perUser: 6 })
    for (let n = 0; n < 10; n += 1) demand.joined(`weather.place${n}`, asker)
    await clock.settle()
    expect(sent()).toHaveLength(6)
    for (let n = 0; n < 6; n += 1) answer(`place${n}`)
    expect(await metrics.registry.metrics()).toContain(
      'flux_demand_suppressed_total{command="weather.fetch",why="limit"} 4',
    )
    demand.joined('weather.place9', { userId: 'another', address: 'home' })
    await clock.advance(59_000)
    expect(new Set(sent().map(({ key }) => key)).size).toBe(7)
    await clock.advance(2_000)
    expect(new Set(sent().map(({ key }) => key)).size).toBe(10)
  })

  it('never sends two in a window over all replicas, and always one per window while somebody waits', async () => {
    const step = fc.record({
      waitMs: fc.integer({ min: 0, max: 90_000 }),
      replica: fc.nat(2),
      act: fc.constantFrom('join' as const, 'leave' as const),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const { clock, demands, sent } = world({ replicas: 3 })
        const startedAt = clock.now()
        demands[0]?.joined(room, asker)
        const occupied = new Set([0])
        for (const { waitMs, replica, act } of steps) {
          await clock.advance(waitMs)
          if (act === 'join') {
            demands[replica]?.joined(room, asker)
            occupied.add(replica)
          } else if (occupied.size > 1 && occupied.delete(replica)) {
            // Somebody waits somewhere all the time.
            demands[replica]?.emptied(room)
          }
        }
        await clock.advance(150_000)
        const times = sent().map(({ at, command }) => ({ at, since: command.waitingSince }))
        const gaps = times.slice(1).map(({ at }, index) => at - (times[index]?.at ?? 0))
        expect(times[0]?.at).toBe(startedAt)
        // Whoever sent, its claim held for at least the first window; nobody waits longer than the longest and a turn.
        for (const gap of gaps) {
          expect(gap).toBeGreaterThanOrEqual(15_000)
          expect(gap).toBeLessThanOrEqual(120_000 + 17_000)
        }
        expect(clock.now() - (times.at(-1)?.at ?? 0)).toBeLessThanOrEqual(137_000)
        for (const demand of demands) demand.stop()
        expect(clock.pending()).toBe(0)
      }),
      { numRuns: 60 },
    )
  })
})
