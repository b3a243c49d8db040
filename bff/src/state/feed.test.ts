import { type Channel, cryptoTicker, kafkaChannels, topics } from '@flux/contracts'
import { createLog, createMemoryBroker, createMemoryBus, createMetrics } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createStateEvents } from './events.ts'
import { createFeed } from './feed.ts'
import type { Snapshot } from './snapshot.ts'
import { stored } from './stored.fixture.ts'

const name = cryptoTicker.name
const room = 'crypto.global'

/** A replica whose log is away, with what it tells its fan-out. */
const inTheDark = async () => {
  const clock = manualClock()
  const broker = createMemoryBroker({ clock })
  broker.ensure(topics)
  broker.goAway()
  const calls: string[] = []
  const feed = createFeed({
    ...{ bus: createMemoryBus({ clock, broker }), clock },
    events: createStateEvents(createLog({ name: 'test', level: 'silent' }), createMetrics()),
  })
  feed.start({
    add: () => {},
    resync: (channels: readonly Channel[], why: string) =>
      calls.push(...channels.map((channel) => `${channel.name} ${why}`)),
    pause: () => calls.push('pause'),
    resume: () => calls.push('resume'),
  })
  await clock.advance(2_000)
  const snapshot = (epoch: string, offset: number): Snapshot => ({
    ...{ channel: cryptoTicker, epoch, at: clock.now(), heads: { 0: offset } },
    entries: [stored({ key: 'BTC-USD', offset, appendedAt: clock.now() })],
  })
  const comeBack = async () => {
    broker.comeBack()
    await clock.advance(1_000)
  }
  const value = () => feed.stateOf(name)?.room(room)?.newest.get('BTC-USD')
  return { clock, broker, calls, feed, snapshot, comeBack, value }
}

describe('a feed with snapshots', () => {
  it('serves them until the log has been read, then tells the rooms what the log says', async () => {
    const { broker, calls, feed, snapshot, comeBack, value } = await inTheDark()
    expect([feed.epoch(), feed.isRestored()]).toEqual([undefined, false])
    expect(feed.restore([snapshot(broker.epoch(), -1)])).toEqual([name])
    expect([feed.epoch(), feed.isRestored()]).toEqual([broker.epoch(), true])
    expect(value()?.key).toBe('BTC-USD')
    expect(feed.caughtUp()).toBe(false)
    await comeBack()
    expect([feed.caughtUp(), feed.tail()]).toEqual([true, 'live'])
    expect(value()).toBeUndefined()
    expect(calls).toEqual([`${name} snapshot`, 'resume'])
    expect(feed.resets()).toBe(0)
    expect(feed.restore([snapshot(broker.epoch(), 0)])).toEqual([])
  })

  it('resets the rooms of a channel whose log ends before the snapshot', async () => {
    const { broker, calls, feed, snapshot, comeBack } = await inTheDark()
    feed.restore([snapshot(broker.epoch(), 7)])
    await comeBack()
    expect(calls).toEqual([`${name} reset`, 'resume'])
  })

  it('voids everything when the log is not that of the snapshots, also what has none', async () => {
    const { broker, calls, feed, snapshot, comeBack, value } = await inTheDark()
    feed.restore([snapshot('another log', 7)])
    await comeBack()
    expect(calls).toEqual([...kafkaChannels.map((c) => `${c.name} reset`), 'resume'])
    expect([feed.resets(), feed.epoch()]).toEqual([1, broker.epoch()])
    expect(value()).toBeUndefined()
  })

  it('lets through what is born on replicas while it is dark from the start', async () => {
    const { clock, calls, feed, comeBack } = await inTheDark()
    await clock.advance(2_000)
    expect([feed.tail(), ...calls]).toEqual(['dark', 'resume'])
    await comeBack()
    expect(calls).toEqual(['resume', 'pause', 'resume'])
  })
})
