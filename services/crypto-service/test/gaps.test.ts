import { cryptoTrades } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { btc, catchesUp, grows, sourceOf, tradesOf, until } from './watch.ts'
import { faultsIn, openWorld } from './world.ts'

describe('a gap in the stream', () => {
  it('is filled by REST, in order', async () => {
    const world = await openWorld({ rate: 200 })
    const replica = await world.start('a')
    await grows(world, 10)
    world.sandbox.control.addFault({ kind: 'gap', product: btc, count: 12 })
    await until(() => expect(world.sandbox.control.state().faults).toEqual([]))
    await grows(world, 30)
    const trades = await tradesOf(world)
    expect(faultsIn(trades)).toEqual([])
    expect(trades.every(({ kind }) => kind === 'trade')).toBe(true)
    expect(
      await replica.metric('flux_crypto_gap_trades_total', { outcome: 'filled' }),
    ).toBeGreaterThanOrEqual(12)
  })

  it('is marked where REST does not answer', async () => {
    const world = await openWorld({ rate: 200 })
    const replica = await world.start('a')
    await grows(world, 10)
    world.sandbox.control.addFault({ kind: 'status', status: 404, provider: 'coinbase' })
    world.sandbox.control.addFault({ kind: 'gap', product: btc, count: 3 })
    await until(async () => {
      expect((await tradesOf(world)).some(({ kind }) => kind === 'gap')).toBe(true)
    })
    await grows(world, 10)
    expect(faultsIn(await tradesOf(world))).toEqual([])
    expect(
      await replica.metric('flux_crypto_gap_trades_total', { outcome: 'missing' }),
    ).toBeGreaterThanOrEqual(3)
  })

  it('that a silent connection leaves is filled after the reconnect', async () => {
    const world = await openWorld({ rate: 200 })
    const replica = await world.start('a')
    await grows(world, 10)
    world.sandbox.control.addFault({ kind: 'silent' })
    await until(async () => {
      expect(
        await replica.metric('flux_crypto_feed_connections_total', { event: 'closed' }),
      ).toBeGreaterThan(0)
    })
    expect(replica.logged().some(({ reason }) => reason === 'heartbeat')).toBe(true)
    world.sandbox.control.clearFaults()
    await catchesUp(world)
    const trades = await world.values(cryptoTrades)
    expect(faultsIn(trades)).toEqual([])
    expect(trades.every(({ kind }) => kind === 'trade')).toBe(true)
    await until(async () =>
      expect(await sourceOf(world, 'coinbase')).toMatchObject({ state: 'ok' }),
    )
  })
})
