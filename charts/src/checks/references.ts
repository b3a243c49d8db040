import { at, isMap, type Json, list, map, text } from '../json.ts'
import { containersOf, type Pod, podsOf, type Resource, titleOf } from '../resource.ts'

/** What somebody else makes: the name of every Secret or ConfigMap, and the keys that are promised in it. */
export type External = Readonly<Record<string, readonly string[]>>

interface Reference {
  readonly kind: string
  readonly name: string
  readonly keys: readonly string[]
}

const isOptional = (value: Json | undefined): boolean => at(value, 'optional') === true

const reference = (
  kind: string,
  value: Json | undefined,
  nameKey: string,
): readonly Reference[] => {
  if (!isMap(value) || isOptional(value)) return []
  const keys = list(value, 'items').map((item) => text(item, 'key'))
  const key = text(value, 'key')
  return [{ kind, name: text(value, nameKey), keys: key ? [...keys, key] : keys }]
}

const ofEnvironment = (container: Json): readonly Reference[] => [
  ...list(container, 'env').flatMap((entry) => [
    ...reference('Secret', at(entry, 'valueFrom', 'secretKeyRef'), 'name'),
    ...reference('ConfigMap', at(entry, 'valueFrom', 'configMapKeyRef'), 'name'),
  ]),
  ...list(container, 'envFrom').flatMap((source) => [
    ...reference('Secret', at(source, 'secretRef'), 'name'),
    ...reference('ConfigMap', at(source, 'configMapRef'), 'name'),
  ]),
]

const ofVolume = (volume: Json): readonly Reference[] => [
  ...reference('Secret', at(volume, 'secret'), 'secretName'),
  ...reference('ConfigMap', at(volume, 'configMap'), 'name'),
  ...reference('PersistentVolumeClaim', at(volume, 'persistentVolumeClaim'), 'claimName'),
  ...list(volume, 'projected', 'sources').flatMap((source) => [
    ...reference('Secret', at(source, 'secret'), 'name'),
    ...reference('ConfigMap', at(source, 'configMap'), 'name'),
  ]),
]

const ofPod = ({ spec }: Pod): readonly Reference[] => [
  ...list(spec, 'volumes').flatMap(ofVolume),
  ...reference('ServiceAccount', { name: text(spec, 'serviceAccountName') || 'default' }, 'name'),
  ...list(spec, 'imagePullSecrets').flatMap((secret) => reference('Secret', secret, 'name')),
]

const keysIn = (found: Resource): readonly string[] =>
  ['data', 'stringData', 'binaryData'].flatMap((field) => Object.keys(map(found.body, field)))

const isKnown = (
  resources: readonly Resource[],
  external: External,
  wanted: Reference,
): boolean => {
  const { kind, name, keys } = wanted
  if (kind === 'ServiceAccount' && name === 'default') return true
  const found = resources.find((r) => r.kind === kind && r.name === name)
  const known = found ? keysIn(found) : external[name]
  return known !== undefined && keys.every((key) => known.includes(key))
}

const mountFaults = (pod: Pod): readonly string[] => {
  const claims = list(pod.owner.body, 'spec', 'volumeClaimTemplates')
  const volumes = [
    ...list(pod.spec, 'volumes').map((volume) => text(volume, 'name')),
    ...claims.map((claim) => text(claim, 'metadata', 'name')),
  ]
  const mounted = containersOf(pod).flatMap((container) =>
    list(container, 'volumeMounts').map((mount) => text(mount, 'name')),
  )
  const title = titleOf(pod.owner)
  return [
    ...mounted.filter((m) => !volumes.includes(m)).map((m) => `${title}: mounts no volume: ${m}`),
    ...volumes.filter((v) => !mounted.includes(v)).map((v) => `${title}: nobody mounts ${v}`),
  ]
}

// Names of the files that a volume becomes; `undefined` where anything may be in it.
const filesOf = (volume: Json, external: External): readonly string[] | undefined => {
  const items = [...list(volume, 'secret', 'items'), ...list(volume, 'configMap', 'items')]
  if (items.length > 0) return items.map((item) => text(item, 'path'))
  const secret = text(volume, 'secret', 'secretName')
  return secret === '' ? undefined : (external[secret] ?? [])
}

// A secret given as a file: what NAME_FILE names must be mounted there.
const fileFaults = (pod: Pod, container: Json, external: External): readonly string[] =>
  list(container, 'env').flatMap((entry) => {
    const [name, path] = [text(entry, 'name'), text(entry, 'value')]
    if (!name.endsWith('_FILE')) return []
    const [folder, file] = [path.slice(0, path.lastIndexOf('/')), path.split('/').at(-1) ?? '']
    const mount = list(container, 'volumeMounts').find((m) => text(m, 'mountPath') === folder)
    const volume = list(pod.spec, 'volumes').find((v) => text(v, 'name') === text(mount, 'name'))
    const isThere = volume !== undefined && filesOf(volume, external)?.includes(file) !== false
    return isThere ? [] : [`${titleOf(pod.owner)}: ${name} is no file that is mounted: ${path}`]
  })

/** Names of Secrets, ConfigMaps, claims, service accounts and volumes that nobody makes, by a whole render. */
export const referenceFaults = (
  resources: readonly Resource[],
  external: External,
): readonly string[] =>
  podsOf(resources).flatMap((pod) => {
    const wanted = [...ofPod(pod), ...containersOf(pod).flatMap(ofEnvironment)]
    const missing = wanted.filter((one) => !isKnown(resources, external, one))
    return [
      ...missing.map(({ kind, name, keys }) =>
        `${titleOf(pod.owner)}: nobody makes ${kind}/${name} ${keys.join(' ')}`.trim(),
      ),
      ...mountFaults(pod),
      ...containersOf(pod).flatMap((container) => fileFaults(pod, container, external)),
    ]
  })
