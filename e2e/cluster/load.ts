import { describe, expect, it } from 'vitest'
import type { Cluster } from '../src/cluster/cluster.ts'
import { loadK6, runK6 } from '../src/cluster/k6.ts'
import { say } from '../src/cluster/run.ts'

/** k6 inside the cluster. */
export const load = (cluster: Cluster) =>
  describe('k6 as a Job', () => {
    it('has 50 clients served within its thresholds', async ({ skip }) => {
      const reason = await loadK6()
      if (reason !== undefined) {
        say(`not run: ${reason}`)
        return skip(reason)
      }
      const env = { URL: 'http://flux-frontend:8080', CLIENTS: '50', SECONDS: '15' }
      const { ok, log } = await runK6(cluster, env)
      for (const line of log.split('\n').filter((one) => /flux_|✗|✓/.test(one))) say(line.trim())
      expect(ok, log).toBe(true)
    })
  })
