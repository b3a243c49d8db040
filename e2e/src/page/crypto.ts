import { eventually } from '@flux/testkit'
import type { Page } from 'playwright-core'

/** What a page shows of a coin and of its connection. */
export interface CryptoView {
  price(): Promise<string | null>
  phase(): Promise<string | null>
  isStale(): Promise<string | null>
  /** Age of the coin's value as the last column of its row says it, in seconds; -1 where it says none in seconds. */
  age(): Promise<number>
  /** Waits until the price is another one. */
  moves(what: string, deadlineMs?: number): Promise<void>
  becomes(phase: string, deadlineMs?: number): Promise<void>
}

/** Reads a page's table of coins and its pill. */
export const cryptoView = (page: Page, product = 'BTC-USD'): CryptoView => {
  const price = () => page.getByTestId(`price-${product}`).textContent()
  const phase = () => page.getByTestId('connection').first().getAttribute('data-phase')
  const row = () => page.getByTestId(`row-${product}`)
  return {
    price,
    phase,
    isStale: () => row().getAttribute('data-stale'),
    age: async () => {
      const words = await row().locator('td').last().textContent()
      return Number(/^(\d+) s$/.exec(words ?? '')?.[1] ?? -1)
    },
    moves: async (what, deadlineMs = 30_000) => {
      const before = await price()
      await eventually(what, async () => (await price()) !== before, deadlineMs)
    },
    becomes: (wanted, deadlineMs = 40_000) =>
      eventually(wanted, async () => (await phase()) === wanted, deadlineMs),
  }
}
