import { at, isMap, type Json, list, map, strings, text } from '../json.ts'
import { containersOf, type Pod, podsOf, type Resource, titleOf } from '../resource.ts'

/** Labels of an object. */
export type Labels = Readonly<Record<string, string>>

const expressionHolds = (expression: Json, labels: Labels): boolean => {
  const value = labels[text(expression, 'key')]
  const values = list(expression, 'values')
  switch (text(expression, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}

/** Whether a label selector takes an object with these labels; an empty selector takes all. */
export const selects = (selector: Json, labels: Labels): boolean =>
  Object.entries(strings(selector, 'matchLabels')).every(([key, value]) => labels[key] === value) &&
  list(selector, 'matchExpressions').every((expression) => expressionHolds(expression, labels))

const matching = (pods: readonly Pod[], wanted: Labels): readonly Pod[] =>
  pods.filter(({ labels }) => selects({ matchLabels: wanted }, labels))

/** Named and numbered ports of a pod's containers. */
const portsOf = (pod: Pod): readonly Json[] =>
  containersOf(pod).flatMap((container) =>
    list(container, 'ports').flatMap((port) => [
      at(port, 'name') ?? '',
      at(port, 'containerPort') ?? 0,
    ]),
  )

const serviceFaults = (service: Resource, pods: readonly Pod[]): readonly string[] => {
  const selector = strings(service.body, 'spec', 'selector')
  if (Object.keys(selector).length === 0) return [`${titleOf(service)}: selects nothing`]
  const found = matching(pods, selector)
  if (found.length === 0) return [`${titleOf(service)}: no pod has its labels`]
  return list(service.body, 'spec', 'ports').flatMap((port) => {
    const target = at(port, 'targetPort') ?? at(port, 'port') ?? 0
    const missing = found.filter((pod) => !portsOf(pod).includes(target))
    return missing.map(
      ({ owner }) => `${titleOf(service)}: ${titleOf(owner)} has no port ${target}`,
    )
  })
}

const podSelectorFaults =
  (field: string) =>
  (resource: Resource, pods: readonly Pod[]): readonly string[] => {
    const selector = map(resource.body, 'spec', field)
    const found = pods.some(({ labels }) => selects(selector, labels))
    return found ? [] : [`${titleOf(resource)}: no pod has its labels`]
  }

const workloadFaults = (workload: Resource): readonly string[] => {
  const labels = strings(workload.body, 'spec', 'template', 'metadata', 'labels')
  const selector = map(workload.body, 'spec', 'selector')
  const isOwn = selects(selector, labels) && isMap(selector['matchLabels'])
  return isOwn ? [] : [`${titleOf(workload)}: its pods do not have its labels`]
}

const scalerFaults = (scaler: Resource, resources: readonly Resource[]): readonly string[] => {
  const target = map(scaler.body, 'spec', 'scaleTargetRef')
  const found = resources.find((r) => r.kind === target['kind'] && r.name === target['name'])
  if (!found) return [`${titleOf(scaler)}: there is no ${target['kind']}/${target['name']}`]
  return at(found.body, 'spec', 'replicas') === undefined
    ? []
    : [`${titleOf(found)}: replicas are set beside ${titleOf(scaler)}`]
}

const monitorFaults = (monitor: Resource, resources: readonly Resource[]): readonly string[] => {
  const selector = map(monitor.body, 'spec', 'selector')
  const services = resources.filter((r) => r.kind === 'Service' && selects(selector, r.labels))
  if (services.length === 0) return [`${titleOf(monitor)}: no Service has its labels`]
  const names = services.flatMap((s) => list(s.body, 'spec', 'ports').map((p) => text(p, 'name')))
  return list(monitor.body, 'spec', 'endpoints').flatMap((endpoint) => {
    const port = text(endpoint, 'port')
    return names.includes(port) ? [] : [`${titleOf(monitor)}: no Service has a port ${port}`]
  })
}

const backendsOf = (value: Json): readonly (readonly [name: string, port: Json])[] => {
  if (Array.isArray(value)) return value.flatMap(backendsOf)
  if (!isMap(value)) return []
  const inner = Object.values(value).flatMap(backendsOf)
  const refs = list(value, 'backendRefs').map(
    (ref) => [text(ref, 'name'), at(ref, 'port') ?? ''] as const,
  )
  const service = at(value, 'backend', 'service')
  const port = at(service, 'port', 'number') ?? at(service, 'port', 'name') ?? ''
  return [...inner, ...refs, ...(service ? [[text(service, 'name'), port] as const] : [])]
}

const routeFaults = (route: Resource, resources: readonly Resource[]): readonly string[] =>
  backendsOf(route.body).flatMap(([name, port]) => {
    const service = resources.find((r) => r.kind === 'Service' && r.name === name)
    const ports = list(service?.body, 'spec', 'ports')
    const found = ports.some((p) => at(p, 'port') === port || at(p, 'name') === port)
    return found ? [] : [`${titleOf(route)}: there is no Service ${name} with port ${port}`]
  })

const networkPolicyFaults = podSelectorFaults('podSelector')
const budgetFaults = podSelectorFaults('selector')

const faultsOf = (
  resource: Resource,
  pods: readonly Pod[],
  resources: readonly Resource[],
): readonly string[] => {
  switch (resource.kind) {
    case 'Service':
      return serviceFaults(resource, pods)
    case 'NetworkPolicy':
      return networkPolicyFaults(resource, pods)
    case 'PodDisruptionBudget':
      return budgetFaults(resource, pods)
    case 'Deployment':
    case 'StatefulSet':
      return workloadFaults(resource)
    case 'HorizontalPodAutoscaler':
      return scalerFaults(resource, resources)
    case 'ServiceMonitor':
      return monitorFaults(resource, resources)
    case 'HTTPRoute':
    case 'Ingress':
      return routeFaults(resource, resources)
    default:
      return []
  }
}

/** Selectors, ports and targets that lead nowhere among the objects of a render. */
export const selectorFaults = (resources: readonly Resource[]): readonly string[] => {
  const pods = podsOf(resources)
  return resources.flatMap((resource) => faultsOf(resource, pods, resources))
}

/** Objects whose pods two selectors would both take: a Service of one application with another's pods. */
export const overlapFaults = (resources: readonly Resource[]): readonly string[] => {
  const pods = podsOf(resources)
  const workloads = resources.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
  return workloads.flatMap((workload) => {
    const selector = map(workload.body, 'spec', 'selector')
    const taken = pods.filter(({ labels }) => selects(selector, labels))
    const others = taken.filter(({ owner }) => owner !== workload)
    return others.map(({ owner }) => `${titleOf(workload)}: takes the pods of ${titleOf(owner)}`)
  })
}
