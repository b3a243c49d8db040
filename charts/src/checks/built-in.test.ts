import { describe, expect, it } from 'vitest'
import { parseResources } from '../resource.ts'
import { builtInFaults } from './built-in.ts'
import { faultless, spoilt } from './sample.ts'

const faults = (from: string, to: string) => spoilt(from, to).flatMap(builtInFaults)

describe('the types of Kubernetes', () => {
  it('find no fault in a sound application', () => {
    expect(parseResources(faultless).flatMap(builtInFaults)).toEqual([])
  })

  it.each([
    [
      'a number in quotes',
      'replicas: 2',
      'replicas: "2"',
      'Deployment/web.spec.replicas: "2" is no number',
    ],
    ['a misspelt field', 'sleep:', 'sleeep:', 'preStop.sleeep: unknown field'],
    ['a null', 'replicas: 2', 'replicas: null', 'Deployment/web.spec.replicas: null'],
    ['an object for a list', 'policyTypes: [Ingress, Egress]', 'policyTypes: {}', '{} is no list'],
    [
      'a number for a label',
      'labels: { app: web } }\n    spec',
      'labels: { app: 1 } }\n    spec',
      'labels.app: 1 is no string',
    ],
    [
      'a version that never was',
      'policy/v1',
      'apps/v1beta9',
      'no such type, V1beta9PodDisruptionBudget',
    ],
  ])('see %s', (_, from, to, fault) => {
    expect(faults(from, to).join('\n')).toContain(fault)
  })
})
