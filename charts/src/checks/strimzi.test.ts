import { describe, expect, it } from 'vitest'
import { parseResources } from '../resource.ts'
import { customCheck } from './strimzi.ts'

const spec = {
  type: 'object',
  required: ['partitions'],
  properties: {
    partitions: { type: 'integer', minimum: 1 },
    config: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    rack: { type: 'object', properties: { name: { type: 'string', enum: ['a', 'b'] } } },
  },
}

const definition = {
  spec: {
    group: 'example.org',
    names: { kind: 'Topic' },
    versions: [
      {
        name: 'v1',
        schema: {
          openAPIV3Schema: { type: 'object', properties: { spec, metadata: { type: 'object' } } },
        },
      },
    ],
  },
}

const check = customCheck([definition])

const faultsOf = (version: string, body: string) =>
  parseResources(
    `{ apiVersion: example.org/${version}, kind: Topic, metadata: { name: t, labels: { a: b } }, spec: ${body} }`,
  ).flatMap(check)

describe('custom resources', () => {
  it('are sound when their definition says so', () => {
    expect(faultsOf('v1', '{ partitions: 3, config: { any: thing }, rack: { name: a } }')).toEqual(
      [],
    )
  })

  it.each([
    ['a wrong type', 'v1', '{ partitions: "3" }', '/spec/partitions: must be integer'],
    ['a missing field', 'v1', '{}', '/spec: must have required property'],
    [
      'a value that is not on the list',
      'v1',
      '{ partitions: 3, rack: { name: c } }',
      '/spec/rack/name: must be equal',
    ],
    [
      'what an API server would drop',
      'v1',
      '{ partitions: 3, replica: 1 }',
      '/spec: must NOT have additional properties {"additionalProperty":"replica"}',
    ],
    [
      'a version that is gone',
      'v1beta2',
      '{ partitions: 3 }',
      'no definition of example.org/v1beta2',
    ],
  ])('are refused for %s', (_, version, body, fault) => {
    expect(faultsOf(version, body).join('\n')).toContain(fault)
  })
})
