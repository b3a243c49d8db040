import { describe, expect, it } from 'vitest'
import { invalidBecause } from './verdict.ts'

const idle = { seconds: 5, cpuShare: 0.3, lagP99Ms: 4 }
const produced = { sent: 100, lateShare: 0, failed: 0, endMicros: 0, effort: idle }

describe('the verdict on a run', () => {
  it('is valid while the load generator has room', () => {
    expect(invalidBecause([idle, idle], produced)).toEqual([])
  })

  it.each([
    ['a client process is at its limit', [idle, { ...idle, cpuShare: 0.9 }], produced],
    ['a client process is late', [{ ...idle, lagP99Ms: 50 }], produced],
    ['records are late', [idle], { ...produced, lateShare: 0.06 }],
    ['records are lost on their way to Kafka', [idle], { ...produced, failed: 1 }],
    ['the producer is at its limit', [idle], { ...produced, effort: { ...idle, cpuShare: 0.95 } }],
  ])('is invalid when %s', (_, clients, producer) => {
    expect(invalidBecause(clients, producer)).toHaveLength(1)
  })
})
