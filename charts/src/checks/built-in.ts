import * as models from '@kubernetes/client-node/dist/gen/models/all.js'
import { isMap, type Json } from '../json.ts'
import type { Resource } from '../resource.ts'

interface Attribute {
  readonly baseName: string
  readonly type: string
}

const attributesOf = (model: string): readonly Attribute[] | undefined => {
  const found: unknown = Object.entries(models).find(([name]) => name === model)?.[1]
  if (typeof found !== 'function' || !('getAttributeTypeMap' in found)) return undefined
  const { getAttributeTypeMap } = found
  return typeof getAttributeTypeMap === 'function' ? getAttributeTypeMap.call(found) : undefined
}

const primitives: Readonly<Record<string, (value: Json) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  Date: (value) => typeof value === 'string',
  IntOrString: (value) => typeof value === 'string' || Number.isInteger(value),
  any: () => true,
}

const memberOf = (type: string, before: string, after: string): string | undefined =>
  type.startsWith(before) && type.endsWith(after)
    ? type.slice(before.length, -after.length)
    : undefined

const modelFaults = (value: Json, model: string, path: string): readonly string[] => {
  const attributes = attributesOf(model)
  if (!attributes) return [`${path}: no such type, ${model}`]
  if (!isMap(value)) return [`${path}: ${JSON.stringify(value)} is no ${model}`]
  return Object.entries(value).flatMap(([key, member]) => {
    const attribute = attributes.find(({ baseName }) => baseName === key)
    const where = `${path}.${key}`
    return attribute ? faultsOf(member, attribute.type, where) : [`${where}: unknown field`]
  })
}

const faultsOf = (value: Json, type: string, path: string): readonly string[] => {
  if (value === null) return [`${path}: null`]
  const element = memberOf(type, 'Array<', '>')
  if (element) {
    if (!Array.isArray(value)) return [`${path}: ${JSON.stringify(value)} is no list`]
    return value.flatMap((member, index) => faultsOf(member, element, `${path}[${index}]`))
  }
  const entry = memberOf(type, '{ [key: string]: ', '; }')
  if (entry) {
    if (!isMap(value)) return [`${path}: ${JSON.stringify(value)} is no map`]
    return Object.entries(value).flatMap(([key, member]) =>
      faultsOf(member, entry, `${path}.${key}`),
    )
  }
  const primitive = primitives[type]
  if (!primitive) return modelFaults(value, type, path)
  return primitive(value) ? [] : [`${path}: ${JSON.stringify(value)} is no ${type}`]
}

const modelOf = ({ apiVersion, kind }: Resource): string => {
  const version = apiVersion.split('/').at(-1) ?? ''
  return `${version.charAt(0).toUpperCase()}${version.slice(1)}${kind}`
}

/** API groups that Kubernetes itself serves. */
const groups = new Set([
  'v1',
  'apps/v1',
  'batch/v1',
  'autoscaling/v2',
  'policy/v1',
  'networking.k8s.io/v1',
  'rbac.authorization.k8s.io/v1',
])

/** True for an object that every Kubernetes knows. */
export const isBuiltIn = ({ apiVersion }: Resource): boolean => groups.has(apiVersion)

/** Unknown fields, wrong types and nulls of an object that Kubernetes itself knows, against the types of 1.36. */
export const builtInFaults = (resource: Resource): readonly string[] =>
  modelFaults(resource.body, modelOf(resource), `${resource.kind}/${resource.name}`)
