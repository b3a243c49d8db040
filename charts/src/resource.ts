import { parseAllDocuments } from 'yaml'
import { isMap, type Json, type JsonMap, list, map, strings, text } from './json.ts'

/** One Kubernetes object as a chart renders it. */
export interface Resource {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  /** Empty where the object leaves it to the release. */
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  readonly body: JsonMap
}

/** How a message calls an object: `Deployment/flux-bff`. */
export const titleOf = ({ kind, name }: Pick<Resource, 'kind' | 'name'>): string =>
  `${kind}/${name}`

/** An object of parsed YAML. */
export const resource = (body: JsonMap): Resource => ({
  apiVersion: text(body, 'apiVersion'),
  kind: text(body, 'kind'),
  name: text(body, 'metadata', 'name'),
  namespace: text(body, 'metadata', 'namespace'),
  labels: strings(body, 'metadata', 'labels'),
  body,
})

/** The objects of a stream of YAML documents; empty documents are left out. Throws for bad YAML and keys given twice. */
export const parseResources = (yaml: string): readonly Resource[] =>
  // As Kubernetes reads it: 0440 is octal, `on` is true.
  parseAllDocuments(yaml, { version: '1.1' }).flatMap((document) => {
    const [error] = document.errors
    if (error) throw error
    const body: Json | undefined = document.toJSON()
    return isMap(body) ? [resource(body)] : []
  })

/** A pod as some object makes it. */
export interface Pod {
  readonly owner: Resource
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly spec: JsonMap
  /** True for what runs until it is stopped; a job or a test ends by itself. */
  readonly longRunning: boolean
}

const templatePath: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
}

/** The pod that an object makes, `undefined` for one that makes none. */
export const podOf = (owner: Resource): Pod | undefined => {
  const path = templatePath[owner.kind]
  if (!path) return undefined
  const template = map(owner.body, ...path)
  return {
    owner,
    labels: strings(template, 'metadata', 'labels'),
    annotations: strings(template, 'metadata', 'annotations'),
    spec: map(template, 'spec'),
    longRunning: ['Deployment', 'StatefulSet', 'DaemonSet'].includes(owner.kind),
  }
}

/** Every pod that the objects make. */
export const podsOf = (resources: readonly Resource[]): readonly Pod[] =>
  resources.flatMap((owner) => podOf(owner) ?? [])

/** Containers of a pod, those before the start included. */
export const containersOf = (pod: Pod): readonly Json[] => [
  ...list(pod.spec, 'initContainers'),
  ...list(pod.spec, 'containers'),
]

/** Whether the object belongs to `helm test` or another hook: it is no part of what is installed. */
export const isHook = (resource: Resource): boolean =>
  text(resource.body, 'metadata', 'annotations', 'helm.sh/hook') !== ''
