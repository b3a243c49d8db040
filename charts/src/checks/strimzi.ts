import { Ajv, type ValidateFunction } from 'ajv'
import { at, isMap, type Json, type JsonMap, text } from '../json.ts'
import { type Resource, titleOf } from '../resource.ts'

// An API server prunes what the schema does not name: for us that is a fault.
const closed = (schema: Json): Json => {
  if (Array.isArray(schema)) return schema.map(closed)
  if (!isMap(schema)) return schema
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closed(value)]),
  )
  const isOpen =
    schema['x-kubernetes-preserve-unknown-fields'] === true || 'additionalProperties' in schema
  const isObject = isMap(schema['properties']) && schema['type'] === 'object'
  return isObject && !isOpen ? { ...inner, additionalProperties: false } : inner
}

const schemaOf = (definition: JsonMap): JsonMap => {
  const schema = at(definition, 'spec', 'versions', 0, 'schema', 'openAPIV3Schema')
  if (!isMap(schema)) throw new Error('a definition without a schema')
  const properties = at(schema, 'properties')
  const roots = { apiVersion: { type: 'string' }, kind: { type: 'string' } }
  const metadata = { metadata: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
  return { ...schema, properties: { ...roots, ...(isMap(properties) && properties), ...metadata } }
}

/** Faults of a custom resource: what its definition's schema refuses, and what an API server would drop. */
export type CustomCheck = (resource: Resource) => readonly string[]

const compile = (definition: JsonMap): readonly [string, ValidateFunction] => {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
  const group = text(definition, 'spec', 'group')
  const version = text(definition, 'spec', 'versions', 0, 'name')
  const kind = text(definition, 'spec', 'names', 'kind')
  const schema = closed(schemaOf(definition))
  return [`${group}/${version} ${kind}`, ajv.compile(isMap(schema) ? { ...schema } : {})]
}

/** A check against custom resource definitions, parsed. Rules in CEL are not run: they need an API server. */
export const customCheck = (definitions: readonly JsonMap[]): CustomCheck => {
  const validators = new Map(definitions.map(compile))
  return (resource) => {
    const validate = validators.get(`${resource.apiVersion} ${resource.kind}`)
    if (!validate) return [`${titleOf(resource)}: no definition of ${resource.apiVersion}`]
    if (validate(resource.body)) return []
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${titleOf(resource)}${instancePath}: ${message} ${JSON.stringify(params)}`,
    )
  }
}
