import { describe, expect, it } from 'vitest'
import { parseResources } from '../resource.ts'
import { isOperated, operatedFaults } from './operators.ts'

const monitor = (port: string) =>
  parseResources(`
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: web }
spec: { selector: { matchLabels: { app: web } }, endpoints: [{ port: ${port} }] }
`)

describe('objects of other operators', () => {
  it('are sound when their types hold', () => {
    expect(monitor('internal').flatMap(operatedFaults)).toEqual([])
  })

  it('are refused for a wrong type', () => {
    expect(monitor('9464').flatMap(operatedFaults).join()).toContain('endpoints/0/port')
  })

  it('are known by kind and version', () => {
    expect(monitor('internal').map(isOperated)).toEqual([true])
    const [other] = parseResources('{ apiVersion: example.org/v1, kind: ServiceMonitor }')
    expect(other && isOperated(other)).toBe(false)
  })
})
