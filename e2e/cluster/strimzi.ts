import { eventually } from '@flux/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cluster, openCluster } from '../src/cluster/cluster.ts'
import { attempt, say } from '../src/cluster/run.ts'
import { type Named, pruned, strimziDefinitions, strimziObjects } from '../src/cluster/strimzi.ts'

const definitionNames = ['kafkas', 'kafkanodepools', 'kafkatopics', 'kafkausers'].map(
  (name) => `customresourcedefinition/${name}.kafka.strimzi.io`,
)

const infra = ['charts/flux-infra', '--set', 'kafka.provider=strimzi']

/** The custom resources, tried on a real API server that has Strimzi's definitions. No operator is needed for that. */
export const strimzi = (cluster: Cluster) =>
  describe('the strimzi variant of flux-infra', () => {
    const blue = openCluster({ namespace: `${cluster.namespace}-strimzi` })
    let isWithout = true
    let definitions: Awaited<ReturnType<typeof strimziDefinitions>> = {
      reason: 'not asked for yet',
    }

    const define = async (json: string) => {
      await blue.kubectlWith({ input: json }, 'apply', '--server-side', '--filename', '-')
      const wait = ['wait', ...definitionNames]
      // Right after they were made they have no condition at all, which kubectl takes for a fault.
      await eventually('the definitions', async () => {
        const args = [...wait, '--for=condition=Established', '--timeout=10s']
        return (await blue.tryKubectl(...args)).code === 0
      })
    }
    /** The objects as the API server would keep them; it refuses fields that it does not know. */
    const takenAs = async (items: readonly Named[]): Promise<readonly Named[]> => {
      const dry = ['apply', '--server-side', '--dry-run=server', '--validate=strict']
      const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
      const list: { readonly items: readonly Named[] } = JSON.parse(
        await blue.kubectlWith({ input }, ...dry, '--output=json', '--filename', '-'),
      )
      return list.items
    }

    beforeAll(async () => {
      // With an operator in the cluster all of this happens anyway, and its definitions are not ours to remove.
      isWithout = (await blue.tryKubectl('get', definitionNames[0] ?? '')).code !== 0
      await blue.tryKubectl('create', 'namespace', blue.namespace)
      definitions = await strimziDefinitions()
    })

    afterAll(async () => {
      await blue.tryKubectl('delete', 'namespace', blue.namespace, '--wait=false')
      if (isWithout) await blue.tryKubectl('delete', ...definitionNames, '--ignore-not-found')
    })

    it('says how to install the operator where its definitions are missing', async () => {
      const place = ['--kube-context', cluster.context, '--namespace', blue.namespace]
      const install = ['install', 'blue-infra', ...infra, '--dry-run=server', ...place]
      const { code, stderr } = await attempt('helm', install)
      say(stderr.trim().split('\n').at(-1) ?? '')
      expect(code).not.toBe(0)
      expect(stderr).toMatch(/helm .*strimzi/)
    })

    for (const values of ['values-dev.yaml', 'values-prod.yaml'])
      it(`is taken by the API server with ${values}, and nothing of it is dropped`, async ({
        skip,
      }) => {
        if ('reason' in definitions) {
          say(`not run: ${definitions.reason}`)
          return skip(definitions.reason)
        }
        await define(definitions.json)
        const objects = await strimziObjects(values, blue.namespace)
        const kinds = Object.groupBy(objects, ({ kind }) => kind)
        const kept = await takenAs(objects)
        const custom = objects.filter(({ kind }) => kind.startsWith('Kafka'))
        for (const object of custom) {
          const { kind, metadata } = object
          const own = kept.find((one) => one.kind === kind && one.metadata.name === metadata.name)
          expect(pruned(object, own), `${kind} ${metadata.name}`).toEqual([])
        }
        say(
          Object.entries(kinds)
            .map(([kind, all = []]) => `${all.length} ${kind}`)
            .join(', '),
        )
        expect(Object.keys(kinds)).toEqual(
          expect.arrayContaining(['Kafka', 'KafkaNodePool', 'KafkaTopic', 'KafkaUser']),
        )
      })
  })
