import { describe, expect, it } from 'vitest'
import { parseResources } from '../resource.ts'
import { allowedEdges, homeNamespace, openParties, type Party, systemNamespace } from './network.ts'
import { faultless, spoilt } from './sample.ts'

const party = (name: string, labels: Party['labels'], port = 0): Party => ({
  name,
  labels,
  namespace: homeNamespace,
  ports: port === 0 ? [] : [{ name: 'http', port }],
})

const web = party('web', { app: 'web' }, 3000)
const guest = party('guest', { app: 'guest' })
const stranger = party('stranger', { app: 'stranger' })
const dns: Party = { ...party('dns', { app: 'guest' }, 53), namespace: systemNamespace }
const address = (name: string, value: string): Party => ({
  ...party(name, {}, 443),
  namespace: {},
  address: value,
})
const internet = address('internet', '8.8.8.8')
const inside = address('inside', '10.1.2.3')
const parties = [web, guest, stranger, dns, internet, inside]

const edges = (to: string) => allowedEdges(spoilt('egress: []', to), parties)

describe('network policies', () => {
  it('let through who is named on a port that is named, and nobody else', () => {
    expect(allowedEdges(parseResources(faultless), [web, guest, stranger])).toEqual([
      'guest -> web:3000',
    ])
  })

  it('do not mistake a pod of another namespace for one of ours', () => {
    expect(allowedEdges(parseResources(faultless), [web, dns])).toEqual([])
  })

  it('let nothing through where one side refuses', () => {
    expect(edges('egress: [{ to: [{ podSelector: {} }] }]')).not.toContain('web -> dns:53')
  })

  it.each([
    [
      'another namespace',
      '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }',
      ['web -> dns:53'],
    ],
    [
      'every address',
      '{ ipBlock: { cidr: 0.0.0.0/0 } }',
      ['web -> inside:443', 'web -> internet:443'],
    ],
    [
      'every address but',
      '{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }',
      ['web -> internet:443'],
    ],
  ])('know %s', (_, peer, expected) => {
    const found = edges(`egress: [{ to: [${peer}] }]`)
    expect(found.filter((edge) => edge.startsWith('web'))).toEqual(expected)
  })

  it('keep to the ports of a rule', () => {
    const rule = (ports: string) => edges(`egress: [{ ports: [${ports}] }]`)
    expect(rule('{ port: 53 }')).toContain('web -> dns:53')
    expect(rule('{ port: 53 }')).not.toContain('web -> internet:443')
    expect(rule('{ port: 400, endPort: 500 }')).toContain('web -> internet:443')
  })

  it('keep to the protocol of a rule', () => {
    const resolver: Party = { ...dns, ports: [{ name: 'dns', port: 53, protocol: 'UDP' }] }
    const found = (rule: string) =>
      allowedEdges(spoilt('egress: []', `egress: [{ ports: [${rule}] }]`), [web, resolver])
    expect(found('{ port: 53 }')).toEqual([])
    expect(found('{ port: 53, protocol: UDP }')).toEqual(['web -> dns:53/udp'])
  })

  it('name the pods that nothing isolates', () => {
    expect(openParties(parseResources(faultless), [web, guest])).toEqual([
      'guest: ingress is open',
      'guest: egress is open',
    ])
  })
})
