import { systemClock } from '@flux/runtime'
import { eventually, manualClock } from '@flux/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { cutTransport } from '../src/fanout/edge.ts'
import { type SlowServer, serveSlow, until } from './slow.fixture.ts'

const ascending = (offsets: readonly number[]) => offsets.every((o, i) => o > (offsets[i - 1] ?? 0))

describe('a client that does not take what it is sent', () => {
  let server: SlowServer
  const conflating = () => server.metric('flux_mailbox_sockets', { state: 'conflating' })
  type Joined = Pick<Awaited<ReturnType<SlowServer['join']>>, 'hold'>

  /** Sends large values until the client has a mailbox. */
  const makeSlow = async ({ hold }: Joined) => {
    hold()
    await until('it to be slow', async () => {
      server.feed.value('large', 'x'.repeat(20_000))
      return (await conflating()) === 1
    })
  }

  afterEach(async () => {
    await server.close()
    expect(server.errors).toEqual([])
  })

  it.each([['websocket'], ['polling']])(
    'gets the newest value of every key when it reads again, none out of order and none twice: %s',
    async (transport) => {
      server = await serveSlow(systemClock)
      const [slow, fast] = [
        transport === 'polling' ? await server.joinPolling() : await server.join(),
        await server.join(),
      ]
      await makeSlow(slow)
      const wanted = new Map<string, number>()
      for (let i = 0; i < 500; i += 1) {
        const key = `k${i % 50}`
        wanted.set(`crypto.ticker ${key}`, server.feed.value(key))
        if (i % 50 === 0)
          await eventually(
            'others to have it',
            () => fast.of('crypto.ticker').at(-1) === server.feed.last(),
          )
      }
      const before = slow.seen.length
      slow.release()
      await eventually('the newest', () => slow.of('crypto.ticker').at(-1) === server.feed.last())
      for (const [id, offset] of wanted) expect(slow.newest().get(id)).toBe(offset)
      expect(ascending(slow.of('crypto.ticker'))).toBe(true)
      expect(slow.seen.length - before).toBeLessThan(150)
      expect(await server.metric('flux_mailbox_conflated_frames_total')).toBeGreaterThan(300)
      await until('it to be fast', async () => (await conflating()) === 0)
      const last = server.feed.value('k1')
      await eventually('what comes then', () => slow.of('crypto.ticker').at(-1) === last)
      expect(ascending(slow.of('crypto.ticker'))).toBe(true)
    },
  )

  it('gets the records of an ordered channel that it missed from the ring, each of them once', async () => {
    server = await serveSlow(systemClock)
    const slow = await server.join()
    const told = [1, 2, 3].map(() => server.feed.trade())
    await makeSlow(slow)
    for (let i = 0; i < 45; i += 1) told.push(server.feed.trade())
    slow.release()
    await eventually('the last one', () => slow.of('crypto.trades').at(-1) === told.at(-1))
    told.push(server.feed.trade())
    await eventually('a live one', () => slow.of('crypto.trades').at(-1) === told.at(-1))
    expect(slow.of('crypto.trades')).toEqual(told)
    expect(slow.of('hydrate')).toEqual([])
    expect(await server.metric('flux_mailbox_resynced_channels_total', { how: 'recovered' })).toBe(
      1,
    )
  })

  it('is told an ordered channel anew when the ring has not all that it missed', async () => {
    server = await serveSlow(systemClock)
    const slow = await server.join()
    await makeSlow(slow)
    for (let i = 0; i < 100; i += 1) server.feed.trade()
    slow.release()
    await eventually('the snapshot', () => slow.of('hydrate').length === 1)
    const last = server.feed.trade()
    await eventually('a live one', () => slow.of('crypto.trades').at(-1) === last)
    expect(slow.of('crypto.trades')).toEqual([last])
    expect(await server.metric('flux_mailbox_resynced_channels_total', { how: 'snapshot' })).toBe(1)
  })

  it('costs no more than the newest frame of every key, and others notice nothing', async () => {
    server = await serveSlow(systemClock)
    const [slow, fast] = [await server.join(), await server.join()]
    await makeSlow(slow)
    for (let i = 0; i < 5_000; i += 1) {
      server.feed.value(`k${i % 20}`, 'y'.repeat(900))
      if (i % 100 === 0)
        await eventually('others', () => fast.of('crypto.ticker').at(-1) === server.feed.last())
    }
    await eventually(
      'others to have all',
      () => fast.of('crypto.ticker').at(-1) === server.feed.last(),
    )
    const held = await server.metric('flux_mailbox_held_bytes')
    expect(held).toBeGreaterThan(10_000)
    expect(held).toBeLessThan(20 * 1_000 + 20_100)
    expect(slow.own.conn.transport.writable).toBe(false)
    slow.release()
  })

  it('is forgotten with its mailbox when it goes', async () => {
    server = await serveSlow(systemClock)
    const slow = await server.join()
    await makeSlow(slow)
    cutTransport(slow.own)
    await until('its mailbox to be gone', async () => (await conflating()) === 0)
    expect(await server.metric('flux_mailbox_held_bytes')).toBe(0)
  })

  it('is closed when nothing has left for 15 s, and not while something does', async () => {
    const clock = manualClock()
    server = await serveSlow(clock)
    const slow = await server.join()
    const tick = async (text = '') => {
      server.feed.value('large', text)
      await clock.advance(100)
    }
    slow.hold()
    for (let i = 0; i < 8; i += 1) await tick('x'.repeat(20_000))
    expect(await conflating()).toBe(1)
    await clock.advance(14_000)
    slow.release()
    await eventually('it to have drained', () => slow.own.conn.transport.writable)
    slow.hold()
    for (let i = 0; i < 8; i += 1) await tick('x'.repeat(20_000))
    await clock.advance(14_000)
    expect(slow.client.connected).toBe(true)
    await clock.advance(3_000)
    await eventually('it to be closed', () => !slow.client.connected)
    expect(await server.metric('flux_mailbox_closed_sockets_total', { reason: 'stalled' })).toBe(1)
  })

  it('is closed when more waits than a mailbox bounds', async () => {
    server = await serveSlow(systemClock)
    const slow = await server.join()
    slow.hold()
    slow.own.emit('other', { k: 'x'.repeat(500_000) })
    slow.own.emit('other', { k: 'x'.repeat(600_000) })
    server.feed.value('k')
    await eventually('it to be closed', () => !slow.client.connected)
    expect(await server.metric('flux_mailbox_closed_sockets_total', { reason: 'backlog' })).toBe(1)
  })
})
