import { describe, expect, it, onTestFinished } from 'vitest'
import type { Cluster } from '../src/cluster/cluster.ts'
import { say } from '../src/cluster/run.ts'
import { openWatchers } from '../src/cluster/watchers.ts'

/** As many as a school behind one address. */
export const crowd = (cluster: Cluster) =>
  describe('300 clients behind one address', () => {
    it('are all let in through the NodePort', async () => {
      const watchers = openWatchers(cluster.url, 300)
      onTestFinished(watchers.close)
      await watchers.allLive()
      await watchers.goesOn('trades at everybody')
      const refused = watchers.clients.filter(({ client }) => client.counters().sessions !== 1)
      say(
        `300 clients live, ${refused.length} refused once: ${JSON.stringify(watchers.perReplica())}`,
      )
      expect(refused).toEqual([])
    })
  })
