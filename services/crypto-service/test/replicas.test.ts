import { cryptoCandles, cryptoTrades, decodeMeta } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { btc, catchesUp, grows, tradesOf, until } from './watch.ts'
import { faultsIn, openWorld, type World } from './world.ts'

describe('two replicas', () => {
  /** Identities of the records of one product, and so of one partition, in the order of the log. */
  const ids = async (world: World) =>
    (await world.records(cryptoTrades.topic)).flatMap(({ key, headers }) =>
      key === btc ? (decodeMeta(headers)?.id ?? '') : [],
    )

  it.each([
    ['stops', 'stop'],
    ['is cut off', 'cut'],
  ] as const)(
    'publish one at a time, and no trade id is missing when the first %s',
    async (_, how) => {
      const world = await openWorld({ rate: 200 })
      const first = await world.start('first')
      await grows(world, 20)
      const second = await world.start('second')
      await grows(world, 20)
      expect((await ids(world)).every((id) => id.startsWith('first-'))).toBe(true)
      expect(await second.metric('flux_crypto_frames_total')).toBe(0)
      await first[how]()
      await catchesUp(world)
      await grows(world, 20)
      expect((await ids(world)).at(-1)).toMatch(/^second-/)
      const trades = await world.values(cryptoTrades)
      expect(faultsIn(trades)).toEqual([])
      expect(trades.every(({ kind }) => kind === 'trade')).toBe(true)
      expect(first.exits().filter((code) => code !== 0)).toEqual([])
    },
  )

  it('build one candle across the change of leader', async () => {
    const world = await openWorld({ rate: 200 })
    const first = await world.start('first')
    await world.start('second')
    await grows(world, 20)
    await first.stop()
    await grows(world, 40)
    const { openTime = 0 } =
      (await world.values(cryptoCandles)).findLast(({ product }) => product === btc) ?? {}
    await until(async () => {
      const candle = (await world.values(cryptoCandles)).findLast(({ product }) => product === btc)
      const own = (await tradesOf(world)).filter(
        (t) => t.at >= openTime && t.tradeId <= (candle?.lastTradeId ?? 0),
      )
      expect(candle?.openTime === openTime ? candle.trades : own.length).toBe(own.length)
    })
    const versions = (await world.values(cryptoCandles))
      .filter((candle) => candle.product === btc && candle.openTime === openTime)
      .map(cryptoCandles.versionOf)
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b))
  })
})
