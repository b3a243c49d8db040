import { eventually } from '@flux/testkit'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openBrowser } from '../src/browser.ts'
import type { Cluster } from '../src/cluster/cluster.ts'
import { openPrices } from '../src/cluster/prices.ts'
import { say } from '../src/cluster/run.ts'

/** A browser that comes in through the NodePort. */
export const journey = (cluster: Cluster) =>
  describe('a browser', () => {
    let browser: Browser

    beforeAll(async () => {
      browser = await openBrowser()
    })

    afterAll(() => browser?.close())

    it('sees live prices that move, and has nothing to complain about', async () => {
      const prices = await openPrices(browser, cluster.url)
      onTestFinished(prices.close)
      await eventually('live', async () => (await prices.phase()) === 'live', 60_000)
      const first = await prices.price()
      expect(first).toMatch(/^[\d,]+\.\d{2}$/)
      await eventually('the price to move', async () => (await prices.price()) !== first, 30_000)
      expect(await prices.isStale()).toBe(false)
      say(`bitcoin from ${first} to ${await prices.price()}`)
      expect(prices.complaints()).toEqual([])
    })
  })
