import { describe, expect, it } from 'vitest'
import {
  allowedEdges,
  homeNamespace,
  openParties,
  type Party,
  portsIn,
  systemNamespace,
} from '../src/checks/network.ts'
import { describeProcesses, edgesOf, type Providers, withNames } from '../src/code-edges.ts'
import { render } from '../src/helm.ts'
import { at, type JsonMap, list } from '../src/json.ts'
import { fluxOptions, infraOptions, type Provider, type ValueSet } from '../src/matrix.ts'
import { containersOf, podsOf, type Resource, resource } from '../src/resource.ts'

const dns: Party = {
  name: 'dns',
  labels: { 'k8s-app': 'kube-dns' },
  namespace: systemNamespace,
  ports: [
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'dns-tcp', port: 53 },
  ],
}

const pod = (name: string, namespace: string, ...ports: number[]): Party => ({
  name,
  labels: { app: name },
  namespace: { 'kubernetes.io/metadata.name': namespace },
  ports: ports.map((port) => ({ name: 'http', port })),
})

const address = (name: string, value: string, ...ports: number[]): Party => ({
  name,
  labels: {},
  namespace: {},
  address: value,
  ports: ports.map((port) => ({ name: '', port })),
})

const strangers = [
  dns,
  pod('neighbour', 'flux', 80, 443),
  pod('elsewhere', 'other', 80, 443),
  pod('collector', 'monitoring', 4318, 9090),
  pod('gateway', 'gateways'),
  address('internet', '8.8.8.8', 80, 443, 9092),
  address('inside', '10.1.2.3', 80, 443),
  address('cloud', '169.254.169.254', 80, 443),
  address('node', '172.18.0.2', 443, 10250),
  address('proxy', '10.9.9.9', 443, 3128, 3129),
]

const partyOf = (labels: Party['labels'], ports: Party['ports']): Party => ({
  name: labels['app.kubernetes.io/component'] ?? '',
  labels,
  namespace: homeNamespace,
  ports,
})

const partiesOf = (resources: readonly Resource[]): readonly Party[] =>
  podsOf(resources).map((one) => partyOf(one.labels, portsIn(containersOf(one))))

// What the operator makes of the listener: the brokers' pods and the policy that admits clients.
const operated = (resources: readonly Resource[]) => {
  const [kafka] = resources.filter(({ kind }) => kind === 'Kafka')
  if (!kafka) return { parties: [], policies: [] }
  const labels = { 'strimzi.io/cluster': kafka.name, 'strimzi.io/kind': 'Kafka' }
  const [listener] = list(kafka.body, 'spec', 'kafka', 'listeners')
  const port = Number(at(listener, 'port'))
  const policy: JsonMap = {
    kind: 'NetworkPolicy',
    spec: {
      podSelector: { matchLabels: labels },
      policyTypes: ['Ingress'],
      ingress: [{ from: list(listener, 'networkPolicyPeers'), ports: [{ port }] }],
    },
  }
  const brokers = partyOf({ ...labels, 'app.kubernetes.io/component': 'kafka' }, [
    { name: 'tcp-clients', port },
    { name: 'tcp-ctrlplane', port: 9090 },
  ])
  return { parties: [brokers], policies: [resource(policy)] }
}

const picture = async (set: ValueSet, provider: Provider) => {
  const resources = [
    ...(await render(infraOptions(set, provider))),
    ...(await render(fluxOptions(set))),
  ]
  const ours = partiesOf(resources)
  const { parties, policies } = operated(resources)
  const own = resources.filter(({ kind }) => kind === 'NetworkPolicy')
  return { ours, others: [...parties, ...strangers], policies: [...own, ...policies] }
}

// What strangers do among themselves is not ours to say.
const edgesWithOurs = ({ ours, others, policies }: Awaited<ReturnType<typeof picture>>) => {
  const names = new Set(ours.map(({ name }) => name))
  const found = allowedEdges(policies, [...ours, ...others])
  const touching = found.filter((edge) => {
    const [from = '', to = ''] = edge.split(/ -> |:/)
    return names.has(from) || names.has(to)
  })
  return [...new Set(touching)]
}

const processes = await describeProcesses()

// What the charts run beside our processes: nginx, the tests, the job.
const others = (provider: Provider): readonly string[] => [
  ...withNames('frontend', ['bff:3000']),
  ...withNames('smoke', ['bff:3000', 'frontend:8080']),
  ...(provider === 'standalone' ? withNames('kafka-setup', ['kafka:9093']) : []),
]

const expected = (
  provider: Provider,
  providers: Providers,
  more: readonly string[] = [],
): readonly string[] => {
  const running = processes.filter(({ name }) => name !== 'sandbox' || providers === 'sandbox')
  const own = running.flatMap((process) => edgesOf(process, providers))
  return [...new Set([...own, ...others(provider), ...more])].toSorted()
}

const nodePorts = ['node -> frontend:8080']

describe('connections', () => {
  it.each([
    ['default', 'standalone', 'internet', []],
    ['default', 'strimzi', 'internet', []],
    ['prod', 'strimzi', 'internet', []],
    ['dev', 'standalone', 'sandbox', nodePorts],
    ['dev', 'strimzi', 'sandbox', nodePorts],
  ] as const)(
    'are those of the code and no others: values %s, Kafka by %s, providers on the %s',
    async (set, provider, providers, more) => {
      const found = edgesWithOurs(await picture(set, provider))
      expect(found).toEqual(expected(provider, providers, more))
    },
  )

  it('to collector, proxy, gateway and metrics are opened by values, and no others', async () => {
    const found = edgesWithOurs(await picture('all-on', 'standalone'))
    const ours = processes.map(({ name }) => name).filter((name) => name !== 'sandbox')
    const more = [
      ...ours.map((name) => `collector -> ${name}:9464`),
      ...ours.map((name) => `${name} -> collector:4318`),
      'gateway -> bff:3000',
      'gateway -> frontend:8080',
    ]
    expect(found).toEqual(expected('standalone', 'proxy', more))
  })

  it.each([
    ['default', 'standalone'],
    ['dev', 'standalone'],
    ['prod', 'strimzi'],
  ] as const)(
    'of every pod are isolated both ways: values %s, Kafka by %s',
    async (set, provider) => {
      const { ours, policies } = await picture(set, provider)
      expect(ours.length).toBeGreaterThan(5)
      expect(openParties(policies, ours)).toEqual([])
    },
  )
})
