import { cryptoTrades, platformSources } from '@flux/contracts'
import { expect, vi } from 'vitest'
import { byProduct, type World } from './world.ts'

/** The product that these tests look at. */
export const btc = 'BTC-USD'

/** Waits until what it expects holds. */
export const until = async (check: () => Promise<void> | void) =>
  void (await vi.waitFor(check, { timeout: 20_000, interval: 50 }))

/** Trades of the product, in the order of the log. */
export const tradesOf = async ({ values }: World, product = btc) =>
  byProduct(await values(cryptoTrades)).get(product) ?? []

/** Waits until so many more trades of the product are in the log. */
export const grows = async (world: World, more: number, product = btc) => {
  const before = (await tradesOf(world, product)).length
  await until(async () => {
    expect((await tradesOf(world, product)).length).toBeGreaterThanOrEqual(before + more)
  })
}

/** Waits until the log has what the market has made by now. */
export const catchesUp = async (world: World) => {
  const reached = world.sandbox.market.instruments.get(btc)?.last().id ?? 0
  await until(async () => {
    expect((await tradesOf(world)).at(-1)?.tradeId).toBeGreaterThan(reached)
  })
}

/** What the service has told last about a provider. */
export const sourceOf = async ({ values }: World, provider: string) =>
  (await values(platformSources)).findLast((source) => source.provider === provider)
