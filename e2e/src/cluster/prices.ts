import type { Browser } from 'playwright-core'
import { isBrokenSocket, isForeignPicture, listenTo } from '../console.ts'

/** The page in one tab of a browser, as far as the price of bitcoin goes. */
export interface Prices {
  price(): Promise<string>
  /** Whether the price is shown as stale. */
  isStale(): Promise<boolean>
  /** The connection's phase. */
  phase(): Promise<string | null>
  /** What the page said on its console; a connection that broke is none of it, nor a picture of another site that cannot be had. */
  complaints(): readonly string[]
  close(): Promise<void>
}

/** Opens the page in a new tab and waits for the first price. */
export const openPrices = async (browser: Browser, url: string): Promise<Prices> => {
  const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } })
  const page = await context.newPage()
  const complaints: string[] = []
  listenTo(page, complaints, (said) => isBrokenSocket(said) || isForeignPicture(said, url))
  await page.goto(url)
  await page.getByTestId('price-BTC-USD').waitFor({ timeout: 60_000 })
  return {
    price: async () => (await page.getByTestId('price-BTC-USD').textContent()) ?? '',
    isStale: async () =>
      (await page.getByTestId('row-BTC-USD').getAttribute('data-stale')) === 'true',
    phase: () => page.getByTestId('connection').getAttribute('data-phase'),
    complaints: () => complaints,
    close: () => context.close(),
  }
}
