import { eventually } from '@flux/testkit'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openBrowser } from '../src/browser.ts'
import type { Cluster } from '../src/cluster/cluster.ts'
import { openPrices } from '../src/cluster/prices.ts'
import { say } from '../src/cluster/run.ts'
import { openWatchers } from '../src/cluster/watchers.ts'

/** Kafka goes away and comes back with its volume. */
export const kafkaLoss = (cluster: Cluster) =>
  describe('the loss of Kafka’s pod', () => {
    let browser: Browser

    const restarts = async () => {
      const pods = await cluster.podsOf('flux-bff')
      return pods.map(({ name }) => name)
    }

    beforeAll(async () => {
      browser = await openBrowser()
    })

    afterAll(() => browser?.close())

    it('leaves stale values on the page, then live ones, and no client loses an event', async () => {
      const before = await restarts()
      const prices = await openPrices(browser, cluster.url)
      onTestFinished(prices.close)
      const watchers = openWatchers(cluster.url, 20)
      onTestFinished(watchers.close)
      await watchers.goesOn('trades before')
      watchers.mark()
      const [kafka] = await cluster.podsOf('flux-kafka-bootstrap')
      // Its volume holds it to this node: as long as the node takes no pods, Kafka is away.
      await cluster.kubectl('cordon', kafka?.node ?? '')
      try {
        await cluster.kubectl('delete', 'pod', kafka?.name ?? '', '--wait=false')
        const start = performance.now()
        const seconds = () => Math.round((performance.now() - start) / 1_000)
        await eventually('stale values on the page', prices.isStale, 90_000)
        say(`stale after ${seconds()} s, still showing ${await prices.price()}`)
      } finally {
        await cluster.kubectl('uncordon', kafka?.node ?? '')
      }
      const back = performance.now()
      await eventually('a fresh price', async () => !(await prices.isStale()), 120_000)
      await watchers.goesOn('trades after', 60_000)
      say(`live again ${Math.round((performance.now() - back) / 1_000)} s after its node was free`)
      const account = await watchers.account()
      say(
        `${account.lost} canaries and ${account.lostTrades} trades lost, ${account.returned} connections lost`,
      )
      expect(account).toMatchObject({
        lost: 0,
        lostTrades: 0,
        faults: [],
        recovered: account.returned,
      })
      expect(await restarts(), 'no replica was replaced').toEqual(before)
    })
  })
