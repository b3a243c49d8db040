import { eventually } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import type { Cluster } from '../src/cluster/cluster.ts'
import { uninstall } from '../src/cluster/make.ts'
import { say } from '../src/cluster/run.ts'

/** What Kubernetes itself keeps in every namespace, and events, which fade by themselves. */
const isTheirs = (name: string) =>
  /^(configmap\/kube-root-ca\.crt|serviceaccount\/default|event\b.*|event\.events\.k8s\.io\/.*|\s*)$/.test(
    name,
  )

const leftovers = async (cluster: Cluster): Promise<readonly string[]> => {
  const kinds = await cluster.kubectl(
    ...['api-resources', '--verbs=list,delete', '--namespaced', '--output', 'name'],
  )
  const all = ['get', kinds.split('\n').join(','), '--output', 'name', '--ignore-not-found']
  const names = await cluster.kubectl(...all)
  const volumes = await cluster.kubectl(
    ...['get', 'persistentvolume', '--output'],
    `jsonpath={range .items[?(@.spec.claimRef.namespace=="${cluster.namespace}")]}persistentvolume/{.metadata.name}{"\\n"}{end}`,
  )
  return [...names.split('\n'), ...volumes.split('\n')].filter((name) => !isTheirs(name))
}

/** `make uninstall`. */
export const uninstalling = (cluster: Cluster) =>
  describe('make uninstall', () => {
    it('leaves nothing behind', async () => {
      const start = performance.now()
      const before = (await leftovers(cluster)).length
      await uninstall()
      await eventually(
        'the last pods and volumes to go',
        async () => (await leftovers(cluster)).length === 0,
        90_000,
      ).catch(() => undefined)
      const seconds = Math.round((performance.now() - start) / 1_000)
      say(`${before} objects before, ${(await leftovers(cluster)).length} after ${seconds} s`)
      expect(await leftovers(cluster)).toEqual([])
    })
  })
