import { at, type Json, list, map, text } from '../json.ts'
import type { Resource } from '../resource.ts'
import { type Labels, selects } from './selectors.ts'

/** A port that somebody listens on. */
export interface Port {
  readonly name: string
  readonly port: number
  /** TCP by default. */
  readonly protocol?: 'TCP' | 'UDP'
}

/** Somebody who may connect or be connected to: a pod of ours, or somebody outside with an address. */
export interface Party {
  readonly name: string
  readonly labels: Labels
  /** Labels of its namespace; none for an address outside of the cluster. */
  readonly namespace: Labels
  readonly address?: string
  readonly ports: readonly Port[]
}

type Direction = 'ingress' | 'egress'

const numberOf = (address: string): number =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

const isInside = (address: string, network: string): boolean => {
  const [base = '', bits = '32'] = network.split('/')
  const size = 2 ** (32 - Number(bits))
  return Math.floor(numberOf(address) / size) === Math.floor(numberOf(base) / size)
}

const peerHolds = (peer: Json, party: Party, own: Labels): boolean => {
  const block = at(peer, 'ipBlock')
  if (block !== undefined) {
    const { address } = party
    if (address === undefined || !isInside(address, text(block, 'cidr'))) return false
    return !list(block, 'except').some((range) => isInside(address, String(range)))
  }
  if (party.address !== undefined) return false
  const elsewhere = at(peer, 'namespaceSelector')
  const isRightPlace =
    elsewhere === undefined
      ? JSON.stringify(party.namespace) === JSON.stringify(own)
      : selects(elsewhere, party.namespace)
  return isRightPlace && selects(map(peer, 'podSelector'), party.labels)
}

const portHolds = (rule: Json, { name, port, protocol = 'TCP' }: Port): boolean => {
  const ports = list(rule, 'ports')
  if (ports.length === 0) return true
  return ports.some((wanted) => {
    const value = at(wanted, 'port')
    const end = at(wanted, 'endPort')
    if ((text(wanted, 'protocol') || 'TCP') !== protocol) return false
    if (typeof value === 'number' && typeof end === 'number') return port >= value && port <= end
    return value === undefined || value === port || value === name
  })
}

const policiesFor = (policies: readonly Resource[], party: Party, direction: Direction) => {
  const type = direction === 'ingress' ? 'Ingress' : 'Egress'
  return policies.filter(
    ({ body }) =>
      list(body, 'spec', 'policyTypes').includes(type) &&
      selects(map(body, 'spec', 'podSelector'), party.labels),
  )
}

interface Attempt {
  readonly subject: Party
  readonly other: Party
  readonly target: Port
}

const isAllowed = (
  policies: readonly Resource[],
  { subject, other, target }: Attempt,
  direction: Direction,
): boolean => {
  if (subject.address !== undefined || isOutside(subject)) return true
  const own = policiesFor(policies, subject, direction)
  const peers = direction === 'ingress' ? 'from' : 'to'
  return (
    own.length === 0 ||
    own.some(({ body }) =>
      list(body, 'spec', direction).some((rule) => {
        const named = list(rule, peers)
        const isPeer =
          named.length === 0 || named.some((peer) => peerHolds(peer, other, subject.namespace))
        return isPeer && portHolds(rule, target)
      }),
    )
  )
}

const isOutside = (party: Party): boolean => party.namespace['kubernetes.io/metadata.name'] !== home

const home = 'flux'

/** Labels of the namespace that the charts are rendered for, as Kubernetes sets them. */
export const homeNamespace: Labels = { 'kubernetes.io/metadata.name': home }

/** Labels of the namespace of the cluster's DNS. */
export const systemNamespace: Labels = { 'kubernetes.io/metadata.name': 'kube-system' }

const titleOfPort = ({ port, protocol }: Port): string =>
  protocol === 'UDP' ? `${port}/udp` : String(port)

/** Every connection that the policies of both sides let through, as `from -> to:port`, sorted. */
export const allowedEdges = (
  policies: readonly Resource[],
  parties: readonly Party[],
): readonly string[] =>
  parties
    .flatMap((from) =>
      parties.flatMap((to) =>
        to.ports.flatMap((target) => {
          if (from === to || (isOutside(from) && isOutside(to))) return []
          const leaves = isAllowed(policies, { subject: from, other: to, target }, 'egress')
          const enters = isAllowed(policies, { subject: to, other: from, target }, 'ingress')
          return leaves && enters ? [`${from.name} -> ${to.name}:${titleOfPort(target)}`] : []
        }),
      ),
    )
    .toSorted()

/** Pods that no policy isolates in a direction: everything is open to them. */
export const openParties = (
  policies: readonly Resource[],
  parties: readonly Party[],
): readonly string[] =>
  parties
    .filter((party) => party.address === undefined && !isOutside(party))
    .flatMap((party) =>
      (['ingress', 'egress'] as const).flatMap((direction) =>
        policiesFor(policies, party, direction).length > 0
          ? []
          : [`${party.name}: ${direction} is open`],
      ),
    )

/** Ports of a container list, by name and number. */
export const portsIn = (containers: readonly Json[]): readonly Port[] =>
  containers.flatMap((container) =>
    list(container, 'ports').map((port) => ({
      name: text(port, 'name'),
      port: Number(at(port, 'containerPort')),
    })),
  )
