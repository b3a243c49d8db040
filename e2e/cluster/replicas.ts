import { eventually } from '@flux/testkit'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Cluster } from '../src/cluster/cluster.ts'
import { say } from '../src/cluster/run.ts'
import { type Account, openWatchers, type Watchers } from '../src/cluster/watchers.ts'

const bff = 'deployment/flux-bff'
const clients = 100
/** A fifth of all: a replica's clients leave over a window of 20 s, at times of their own choice. */
const burst = clients / 5

const tell = (what: string, account: Account, seconds: number) =>
  say(
    `${what}: ${account.clients} clients, ${account.lost} canaries and ${account.lostTrades} trades lost, ${account.recovered} of ${account.returned} recovered, ` +
      `${account.busiestSecond} handshakes in the busiest second, ${seconds} s`,
  )

/** What may happen to the replicas while many look. */
export const replicas = (cluster: Cluster) =>
  describe('the BFF with 100 clients', () => {
    let watchers: Watchers

    const names = async () => (await cluster.podsOf('flux-bff')).map(({ name }) => name)
    /** Waits until these pods are gone: a pod that ends still sends its clients away. */
    const gone = (pods: readonly string[]) =>
      cluster.kubectl('wait', ...pods.map((name) => `pod/${name}`), '--for=delete', '--timeout=90s')
    const scale = async (count: number) => {
      const before = await names()
      await cluster.kubectl('scale', bff, `--replicas=${count}`)
      await cluster.rolledOut(bff)
      await eventually('the replicas', async () => (await names()).length === count, 60_000)
      const after = await names()
      const leaving = before.filter((name) => !after.includes(name))
      if (leaving.length > 0) await gone(leaving)
    }
    /** Does something, then adds up what the clients saw of it: nothing may be lost, doubled or out of order. */
    const through = async (what: string, act: () => Promise<unknown>) => {
      await watchers.goesOn('trades at every client')
      watchers.mark()
      const start = performance.now()
      await act()
      await watchers.goesOn(`trades after ${what}`)
      const account = await watchers.account()
      tell(what, account, Math.round((performance.now() - start) / 1_000))
      expect(account).toMatchObject({ lost: 0, faults: [] })
      return account
    }

    beforeEach(async () => {
      watchers = openWatchers(cluster.url, clients)
      onTestFinished(watchers.close)
      await watchers.allLive()
    })

    it('is updated, and all of them recover on another replica with nothing lost', async () => {
      const account = await through('a rolling update', async () => {
        const old = await names()
        await cluster.kubectl('rollout', 'restart', bff)
        await cluster.rolledOut(bff)
        await gone(old)
      })
      expect(account).toMatchObject({ lostTrades: 0, returned: clients, recovered: clients })
      expect(account.busiestSecond).toBeLessThanOrEqual(burst)
    })

    it('grows to three replicas, which take new clients, and shrinks again', async () => {
      watchers.close()
      await scale(3)
      watchers = openWatchers(cluster.url, clients)
      onTestFinished(watchers.close)
      await watchers.allLive()
      say(`new clients on three replicas: ${JSON.stringify(watchers.perReplica())}`)
      expect(Object.keys(watchers.perReplica())).toHaveLength(3)
      const { lostTrades, returned, recovered } = await through('going back to two', () => scale(2))
      expect(returned).toBeGreaterThan(0)
      expect({ lostTrades, recovered }).toEqual({ lostTrades: 0, recovered: returned })
    })

    it('survives the drain of a node', async () => {
      const [kafka] = await cluster.podsOf('flux-kafka-bootstrap')
      const bffs = await cluster.podsOf('flux-bff')
      const node = bffs.find((pod) => pod.node !== kafka?.node)?.node ?? ''
      expect(node, 'a replica on the node without Kafka’s volume').not.toBe('')
      try {
        await through(`draining ${node}`, async () => {
          const words = await cluster.kubectl(
            ...['drain', node, '--ignore-daemonsets', '--delete-emptydir-data', '--timeout=180s'],
          )
          for (const line of words.split('\n').filter((one) => one.endsWith('evicted'))) say(line)
          await cluster.kubectl(
            'wait',
            'deployment',
            '--all',
            '--for=condition=Available',
            '--timeout=180s',
          )
        })
      } finally {
        await cluster.kubectl('uncordon', node)
      }
    })
  })
