import { describe, expect, it } from 'vitest'
import type { Cluster } from '../src/cluster/cluster.ts'
import { up } from '../src/cluster/make.ts'
import { run, say } from '../src/cluster/run.ts'

const gib = 1024 ** 3
const units: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: gib }

/** Reads `1.234GiB / 23GiB`, of which the first is what a container takes, in bytes. */
const memory = (line: string): number => {
  const [, amount = '0', unit = 'B'] = /^([\d.]+)(\w+)/.exec(line) ?? []
  return Number(amount) * (units[unit] ?? 1)
}

/** The memory of all nodes, in bytes. */
const memoryOfNodes = async (cluster: Cluster): Promise<number> => {
  const nodes = await cluster.kubectl('get', 'nodes', '--output', 'name')
  const names = nodes.split('\n').map((node) => node.replace('node/', ''))
  const lines = await run('docker', ['stats', '--no-stream', '--format', '{{.MemUsage}}', ...names])
  return lines.split('\n').reduce((sum, line) => sum + memory(line), 0)
}

/** From nothing to a page. */
export const installing = (cluster: Cluster) =>
  describe('make up', () => {
    it('has everything ready within four minutes, in less than 4 GiB', async () => {
      const start = performance.now()
      await up()
      const seconds = Math.round((performance.now() - start) / 1_000)
      const used = await memoryOfNodes(cluster)
      say(`ready after ${seconds} s, ${(used / gib).toFixed(2)} GiB on all nodes`)
      const page = await fetch(cluster.url)
      expect(page.status).toBe(200)
      expect(seconds).toBeLessThan(240)
      expect(used).toBeLessThan(4 * gib)
    })

    it('changes nothing when it is run again', async () => {
      const state = () =>
        cluster.kubectl(
          ...['get', 'pods', '--output'],
          'jsonpath={range .items[*]}{.metadata.uid} {.status.containerStatuses[*].restartCount}{"\\n"}{end}',
          ...['--field-selector', 'status.phase=Running'],
        )
      const before = await state()
      await up()
      expect(await state()).toBe(before)
    })

    it('passes helm test: the canary over a WebSocket, and a snapshot over REST', async () => {
      const words = await cluster.helm('test', 'flux', '--logs', '--timeout', '3m')
      for (const line of words.split('\n').filter((one) => /Phase|live|canary|snapshot/i.test(one)))
        say(line)
      expect(words).toMatch(/Phase:\s+Succeeded/)
      expect(words).not.toMatch(/Phase:\s+Failed/)
    })
  })
