import { describe, expect, it } from 'vitest'
import { parseResources } from '../resource.ts'
import { faultless, spoilt } from './sample.ts'
import { overlapFaults, selectorFaults, selects } from './selectors.ts'

const monitor = `
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: web }
spec: { selector: { matchLabels: { app: web } }, endpoints: [{ port: metrics }] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { scaleTargetRef: { kind: Deployment, name: web } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web }
spec: { rules: [{ backendRefs: [{ name: web, port: 81 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec: { rules: [{ http: { paths: [{ backend: { service: { name: wob, port: { number: 80 } } } }] } }] }
`

describe('selectors', () => {
  it('find no fault in a sound application', () => {
    expect(selectorFaults(parseResources(faultless))).toEqual([])
  })

  it.each([
    ['selector: { app: web }', 'selector: { app: wob }', 'Service/web: no pod has its labels'],
    ['selector: { app: web }', 'selector: {}', 'Service/web: selects nothing'],
    ['targetPort: http', 'targetPort: htpp', 'Service/web: Deployment/web has no port htpp'],
    [
      'maxUnavailable: 1, selector: { matchLabels: { app: web } }',
      'selector: { matchLabels: { app: wob } }',
      'PodDisruptionBudget/web: no pod',
    ],
    [
      'podSelector: { matchLabels: { app: web } }',
      'podSelector: { matchLabels: { app: wob } }',
      'NetworkPolicy/web: no pod',
    ],
    [
      'metadata: { labels: { app: web } }',
      'metadata: { labels: { app: wob } }',
      'Deployment/web: its pods do not have its labels',
    ],
  ])('see %s turned into %s', (from, to, fault) => {
    expect(selectorFaults(spoilt(from, to)).join('\n')).toContain(fault)
  })

  it('see monitors, scalers and routes that lead nowhere', () => {
    expect(selectorFaults(parseResources(faultless + monitor))).toEqual([
      'ServiceMonitor/web: no Service has a port metrics',
      'Deployment/web: replicas are set beside HorizontalPodAutoscaler/web',
      'HTTPRoute/web: there is no Service web with port 81',
      'Ingress/web: there is no Service wob with port 80',
    ])
  })

  it('see a workload that takes the pods of another', () => {
    const other = faultless.split('---')[0]?.replace('name: web', 'name: other') ?? ''
    expect(overlapFaults(parseResources(`${faultless}---${other}`))).toEqual([
      'Deployment/web: takes the pods of Deployment/other',
      'Deployment/other: takes the pods of Deployment/web',
    ])
  })

  it.each([
    ['In', ['a'], true],
    ['NotIn', ['a'], false],
    ['Exists', [], true],
    ['DoesNotExist', [], false],
    ['Gt', ['a'], false],
  ])('know the operator %s', (operator, values, expected) => {
    const selector = { matchExpressions: [{ key: 'x', operator, values }] }
    expect(selects(selector, { x: 'a' })).toBe(expected)
  })
})
