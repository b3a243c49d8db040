import { isMap, type Json, type JsonMap, map, text } from '../src/json.ts'
import type { ChartValue } from '../src/values.ts'

/** A value that can be recognised in what is rendered. */
export interface Marked {
  readonly sample: Json
  readonly mark: string
}

const peers = (mark: string): Json => [{ podSelector: { matchLabels: { [mark]: 'x' } } }]

// By the last key of its path: what Kubernetes writes there, with a mark in it.
const samples: Readonly<Record<string, (mark: string) => Json>> = {
  config: (mark) => ({ title: mark }),
  tolerations: (mark) => [{ key: mark, operator: 'Exists' }],
  extraEnv: (mark) => [{ name: mark.toUpperCase(), value: mark }],
  extraVolumes: (mark) => [{ name: mark, emptyDir: {} }],
  extraVolumeMounts: (mark) => [{ name: 'extra', mountPath: `/${mark}` }],
  affinity: (mark) => ({ nodeAffinity: { [mark]: {} } }),
  topologySpreadConstraints: (mark) => [{ topologyKey: mark }],
  podSecurityContext: (mark) => ({ supplementalGroupsPolicy: mark }),
  securityContext: (mark) => ({ procMount: mark }),
  extraPeers: peers,
  ingressFrom: peers,
  metricsFrom: peers,
  dnsEgress: peers,
  kafkaEgress: peers,
  valkeyEgress: peers,
  otlpEgress: peers,
  proxyEgress: peers,
  extraIngress: (mark) => [{ from: peers(mark) }],
  extraEgress: (mark) => [{ to: peers(mark) }],
  egress: (mark) => [{ to: peers(mark) }],
  parentRefs: (mark) => [{ name: mark }],
  tls: (mark) => [{ secretName: mark, hosts: ['a.example'] }],
  hosts: (mark) => [`${mark}.example`],
  hostnames: (mark) => [`${mark}.example`],
  command: (mark) => [mark],
  pullSecrets: (mark) => [mark],
  repository: (mark) => mark,
  existingSecret: (mark) => mark,
  // The chart wants to know whose password the Secret holds.
  username: (mark) => mark,
}

const takes = (schema: JsonMap | undefined, mark: string): boolean =>
  text(schema, 'type') === 'string' && new RegExp(text(schema, 'pattern')).test(mark)

// Numbers nobody else writes, within what the schema allows.
const number = (schema: JsonMap | undefined, index: number): Marked | undefined => {
  const most = Number(schema?.['maximum'] ?? 1e6)
  const sample = most >= 80_000 ? 70_000 + index : 700 + index
  return sample <= most ? { sample, mark: String(sample) } : undefined
}

const byType = (schema: JsonMap | undefined, mark: string, index: number): Marked | undefined => {
  if (takes(schema, mark)) return { sample: mark, mark }
  switch (text(schema, 'type')) {
    case 'integer':
      return number(schema, index)
    case 'object':
      return schema?.['properties'] ? undefined : { sample: { [mark]: 'x' }, mark }
    case 'array':
      return takes(map(schema, 'items'), mark) ? { sample: [mark], mark } : undefined
    default:
      return undefined
  }
}

const isFitting = (sample: Json, schema: JsonMap | undefined): boolean => {
  const type = Array.isArray(sample) ? 'array' : typeof sample
  return text(schema, 'type') === type
}

// What changes the meaning of others, or goes with some of them only.
const alone = new Set(['host', 'overrides', 'secret', 'configMap', 'minInSyncReplicas'])

/** A recognisable value for a path, `undefined` where only single values are allowed. */
export const markFor = (
  path: readonly string[],
  schema: JsonMap | undefined,
  index: number,
): Marked | undefined => {
  const mark = `zz${index}z`
  if (alone.has(path.at(-1) ?? '')) return undefined
  const sample = samples[path.at(-1) ?? '']?.(mark)
  if (sample !== undefined && isFitting(sample, schema)) return { sample, mark }
  return schema?.['enum'] ? undefined : byType(schema, mark, index)
}

const texts = [
  'zz',
  'zz:1',
  '7.7.7',
  '7.7-IV7',
  'http://zz.example:77',
  '77Gi',
  '77Mi',
  '77m',
  '77s',
  'kubernetes.io/zz',
  `sha256:${'7'.repeat(64)}`,
  'zz.example:77',
]

const objects: readonly Json[] = [
  { zz: 'x' },
  { 'crypto.ticker.event.updated': { partitions: 7 } },
  { periodSeconds: 77 },
  { requests: { cpu: '77m', memory: '77Mi' }, limits: { memory: '77Mi' } },
  { scaleDown: { stabilizationWindowSeconds: 77 } },
]

const lists: readonly Json[] = [
  ['zz'],
  [77],
  ['10.77.0.0/16'],
  ['https://zz.example'],
  ['zz.example:77'],
  ['ZZ'],
  [{ ipBlock: { cidr: '10.77.0.0/16' } }],
]

const candidates = (value: ChartValue, schema: JsonMap | undefined): readonly Json[] => {
  const choices = schema?.['enum']
  if (Array.isArray(choices)) return choices
  switch (text(schema, 'type')) {
    case 'boolean':
      return value.default === true ? [false, true] : [true, false]
    case 'integer':
      return [77, 1077, 100_077, 3, 2, 1]
    case 'number':
      return [0.25, 0.75]
    case 'object':
      return objects
    case 'array':
      return lists
    default:
      return texts
  }
}

/** Values that a schema allows for a value, others than its default first. */
export const changesOf = (value: ChartValue, schema: JsonMap | undefined): readonly Json[] => {
  const { $ref: _, ...own } = schema ?? {}
  const isAllowed = (change: Json) => refusal(own, change) === ''
  return candidates(value, schema).filter(isAllowed)
}

// Enough of a schema's meaning to spare Helm what it would refuse.
const refusal = (schema: JsonMap, value: Json): string => {
  if (typeof value === 'string' && !new RegExp(text(schema, 'pattern')).test(value))
    return 'pattern'
  if (typeof value === 'number') {
    const { minimum = value, maximum = value } = schema
    return value < Number(minimum) || value > Number(maximum) ? 'range' : ''
  }
  if (Array.isArray(value)) {
    const items = map(schema, 'items')
    return value.map((item) => refusal(items, item)).join('')
  }
  return ''
}

/** Values at their paths as one object. */
export const nested = (pairs: readonly (readonly [readonly string[], Json])[]): JsonMap => {
  const put = (whole: JsonMap, [key = '', ...rest]: readonly string[], value: Json): JsonMap => {
    const inner = whole[key]
    const below = rest.length === 0 ? value : put(isMap(inner) ? inner : {}, rest, value)
    return { ...whole, [key]: below }
  }
  return pairs.reduce<JsonMap>((whole, [path, value]) => put(whole, path, value), {})
}
