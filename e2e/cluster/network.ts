import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cluster, openCluster } from '../src/cluster/cluster.ts'
import { reach } from '../src/cluster/reach.ts'
import { say } from '../src/cluster/run.ts'
import { runStranger } from '../src/cluster/stranger.ts'

/** From a deployment to the pods of a Service, by the port of the pod. */
type Edge = readonly [from: string, service: string, port: number]

const allowed: readonly Edge[] = [
  ['flux-weather-service', 'flux-kafka-bootstrap', 9093],
  ['flux-weather-service', 'flux-valkey', 6379],
  ['flux-weather-service', 'flux-sandbox', 4000],
  ['flux-bff', 'flux-kafka-bootstrap', 9093],
  ['flux-bff', 'flux-valkey', 6379],
  ['flux-frontend', 'flux-bff', 3000],
]

const forbidden: readonly Edge[] = [
  ['flux-sandbox', 'flux-valkey', 6379],
  ['flux-sandbox', 'flux-kafka-bootstrap', 9093],
  ['flux-sandbox', 'flux-bff', 3000],
  ['flux-weather-service', 'flux-bff', 3000],
  ['flux-weather-service', 'flux-bff', 9464],
  ['flux-weather-service', 'flux-frontend', 8080],
  ['flux-bff', 'flux-sandbox', 4000],
  ['flux-frontend', 'flux-kafka-bootstrap', 9093],
  ['flux-frontend', 'flux-valkey', 6379],
  ['flux-frontend', 'flux-bff', 9464],
]

const fromOutside: readonly (readonly [service: string, port: number])[] = [
  ['flux-kafka-bootstrap', 9093],
  ['flux-valkey', 6379],
  ['flux-bff', 3000],
  ['flux-bff', 9464],
  ['flux-sandbox', 4000],
]

/** The network policies, tried with real connections from the real pods. */
export const networkPolicies = (cluster: Cluster) =>
  describe('the network policies', () => {
    const elsewhere = openCluster({ namespace: `${cluster.namespace}-elsewhere` })

    const ipOf = async (service: string) => {
      const [pod] = await cluster.podsOf(service)
      if (!pod) throw new Error(`no pod behind ${service}`)
      return pod.ip
    }
    const tryEdge = async ([from, service, port]: Edge) => {
      const answer = await reach(cluster, `deployment/${from}`, { ip: await ipOf(service), port })
      say(`${from} → ${service}:${port}: ${answer}`)
      return answer
    }

    beforeAll(async () => {
      await elsewhere.tryKubectl('create', 'namespace', elsewhere.namespace)
    })

    afterAll(async () => {
      await elsewhere.tryKubectl('delete', 'namespace', elsewhere.namespace, '--wait=false')
    })

    it('let through what the code needs', async () => {
      for (const edge of allowed) expect(await tryEdge(edge), edge.join(' ')).toBe('open')
    })

    it('stop what nobody needs', async () => {
      const answers = await Promise.all(forbidden.map(tryEdge))
      for (const [i, answer] of answers.entries())
        expect(answer, forbidden[i]?.join(' ')).toBe('no answer')
    })

    it.each([
      ['without our labels', cluster],
      ['of another namespace', elsewhere],
    ])('keep a pod %s out', async (whose, home) => {
      const stranger = await runStranger(home, 'flux/cli:dev')
      const answers = await Promise.all(
        fromOutside.map(async ([service, port]) =>
          reach(home, stranger.name, { ip: await ipOf(service), port }),
        ),
      )
      await stranger.remove()
      for (const [i, answer] of answers.entries()) {
        say(`a pod ${whose} → ${fromOutside[i]?.join(':')}: ${answer}`)
        expect(answer, fromOutside[i]?.join(':')).toBe('no answer')
      }
    })
  })
