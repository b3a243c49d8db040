import { describe, expect, it } from 'vitest'
import { podFaults } from '../src/checks/pod-security.ts'
import { render } from '../src/helm.ts'
import { podsOf } from '../src/resource.ts'

const pods = async () =>
  podsOf(await render({ chart: 'flux', values: ['values-dev.yaml', 'values-tilt.yaml'] }))

describe('the values for Tilt', () => {
  it('make the root writable, where files are synced to, and break no other rule', async () => {
    const found = await pods()
    expect(found.flatMap((pod) => podFaults(pod, { writableRoot: true }))).toEqual([])
    const faults = found.flatMap((pod) => podFaults(pod))
    expect(faults.length).toBeGreaterThan(0)
    expect(faults.filter((fault) => !fault.endsWith('has a writable root'))).toEqual([])
  })
})
