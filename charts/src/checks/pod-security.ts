import { at, type Json, list, map, text } from '../json.ts'
import { containersOf, type Pod, type Resource, titleOf } from '../resource.ts'

type Rule<T> = readonly [holds: (value: T) => boolean, fault: string]

const seccomp = ['RuntimeDefault', 'Localhost']

const volumeKinds = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
])

const security = (value: Json, ...path: string[]): Json | undefined =>
  at(value, 'securityContext', ...path)

const isUser = (value: Json | undefined): boolean => Number.isInteger(value) && value !== 0

/** The profile `restricted` of the Pod Security Standards, for a whole pod. */
const podRules: readonly Rule<Json>[] = [
  [(spec) => security(spec, 'runAsNonRoot') === true, 'runAsNonRoot is not true'],
  [(spec) => isUser(security(spec, 'runAsUser')), 'no numeric user other than root'],
  [
    (spec) => seccomp.includes(text(spec, 'securityContext', 'seccompProfile', 'type')),
    'no seccomp profile',
  ],
  [
    (spec) => ['hostNetwork', 'hostPID', 'hostIPC'].every((key) => at(spec, key) !== true),
    'shares a namespace of the host',
  ],
  [(spec) => list(spec, 'securityContext', 'sysctls').length === 0, 'sets sysctls'],
  [
    (spec) =>
      list(spec, 'volumes').every((volume) =>
        Object.keys(map(volume)).every((key) => key === 'name' || volumeKinds.has(key)),
      ),
    'has a volume of a kind that restricted refuses',
  ],
  [
    (spec) => at(spec, 'automountServiceAccountToken') === false,
    'automountServiceAccountToken is not false',
  ],
]

const containerRules: readonly Rule<Json>[] = [
  [
    (container) => security(container, 'allowPrivilegeEscalation') === false,
    'allowPrivilegeEscalation is not false',
  ],
  [(container) => security(container, 'privileged') !== true, 'is privileged'],
  [
    (container) =>
      list(container, 'securityContext', 'capabilities', 'drop').includes('ALL') &&
      list(container, 'securityContext', 'capabilities', 'add').length === 0,
    'does not drop all capabilities',
  ],
  [
    (container) =>
      security(container, 'runAsUser') !== 0 && security(container, 'runAsNonRoot') !== false,
    'may run as root',
  ],
  [
    (container) =>
      !['Unconfined'].includes(text(container, 'securityContext', 'seccompProfile', 'type')),
    'has no seccomp profile',
  ],
  [
    (container) => list(container, 'ports').every((port) => at(port, 'hostPort') === undefined),
    'opens a port of the host',
  ],
  [(container) => text(container, 'resources', 'requests', 'memory') !== '', 'requests no memory'],
  [(container) => text(container, 'resources', 'requests', 'cpu') !== '', 'requests no CPU'],
  [(container) => text(container, 'resources', 'limits', 'memory') !== '', 'has no memory limit'],
]

const readOnly: Rule<Json> = [
  (container) => security(container, 'readOnlyRootFilesystem') === true,
  'has a writable root',
]

const probes = ['startupProbe', 'readinessProbe', 'livenessProbe']

const probeRules: readonly Rule<Json>[] = probes.map((probe) => [
  (container) => at(container, probe) !== undefined,
  `has no ${probe}`,
])

const broken = <T>(value: T, rules: readonly Rule<T>[]): readonly string[] =>
  rules.flatMap(([holds, fault]) => (holds(value) ? [] : [fault]))

/** What a chart may be excused from. */
export interface Excuses {
  /** Development with live update writes into the container. */
  readonly writableRoot?: boolean
}

/** Where a pod breaks the restricted profile or the house rules: read-only root, requests, memory limit, three probes for what keeps running. */
export const podFaults = (pod: Pod, excuses: Excuses = {}): readonly string[] => {
  const title = titleOf(pod.owner)
  const started = new Set(list(pod.spec, 'initContainers'))
  const own = containersOf(pod).flatMap((container) => {
    const rules = [...containerRules, ...(excuses.writableRoot ? [] : [readOnly])]
    const probed = pod.longRunning && !started.has(container) ? probeRules : []
    const name = text(container, 'name')
    return broken(container, [...rules, ...probed]).map((fault) => `${title} ${name}: ${fault}`)
  })
  return [...broken<Json>(pod.spec, podRules).map((fault) => `${title}: ${fault}`), ...own]
}

const operandTemplates: Readonly<Record<string, readonly (readonly string[])[]>> = {
  KafkaNodePool: [['spec', 'template', 'pod']],
  Kafka: [
    ['spec', 'entityOperator', 'template', 'pod'],
    ['spec', 'kafkaExporter', 'template', 'pod'],
  ],
}

/** Pods that the Kafka operator makes: without a security context of their own a restricted namespace refuses them. */
export const operandFaults = (resource: Resource): readonly string[] =>
  (operandTemplates[resource.kind] ?? []).flatMap((path) => {
    const owner = map(resource.body, ...path.slice(0, 2))
    if (Object.keys(owner).length === 0) return []
    const context = map(resource.body, ...path, 'securityContext')
    const missing = context['runAsNonRoot'] !== true || !isMapWith(context, 'seccompProfile')
    return missing ? [`${titleOf(resource)} ${path.join('.')}: not restricted`] : []
  })

const isMapWith = (value: Json, key: string): boolean => at(value, key) !== undefined
