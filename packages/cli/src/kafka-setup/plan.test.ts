import { kafkaUsers } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planRules } from './plan-rules.ts'
import { planTopics } from './plan-topics.ts'
import type { WantedTopic } from './wanted.ts'

const wanted = (options: Partial<WantedTopic> = {}): WantedTopic => ({
  topic: 't',
  partitions: 3,
  delivery: 'latest',
  config: { 'retention.ms': '10' },
  ...options,
})
const found = (partitions: number, config: Record<string, string> = {}, replicas = 1) =>
  new Map([['t', { partitions, replicas, config }]])

describe('planTopics', () => {
  it('creates what is missing', () => {
    expect(planTopics([wanted()], new Map())).toEqual({
      create: [wanted()],
      ...{ grow: [], configure: [], refusals: [], warnings: [] },
    })
  })

  it('sets only the settings that differ, and leaves those it does not know', () => {
    const there = found(3, { 'retention.ms': '9', 'max.message.bytes': '1' })
    const topic = wanted({ config: { 'retention.ms': '10', 'segment.ms': '5' } })
    expect(planTopics([topic], there).configure).toEqual([
      { topic: 't', config: { 'retention.ms': '10', 'segment.ms': '5' } },
    ])
    const same = found(3, { 'retention.ms': '10', other: 'x' })
    expect(planTopics([wanted()], same).configure).toEqual([])
  })

  it('adds partitions where the newest value is the promise, and refuses where the order is', () => {
    expect(planTopics([wanted()], found(2)).grow).toEqual([{ topic: 't', partitions: 3 }])
    const refused = planTopics([wanted({ delivery: 'ordered' })], found(2))
    expect(refused.refusals).toHaveLength(1)
    expect(refused.refusals[0]).toMatch(/t has 2 partitions and cannot be given 3/)
    expect(planTopics([wanted({ delivery: 'ordered' })], found(3)).refusals).toEqual([])
  })

  it('warns of partitions and replicas that cannot be changed', () => {
    const plan = planTopics([wanted({ replicas: 3 })], found(4))
    expect(plan.grow).toEqual([])
    expect(plan.warnings).toHaveLength(2)
    expect(planTopics([wanted()], found(3, {}, 3)).warnings).toEqual([])
  })
})

describe('planRules', () => {
  const resource = fc.record({
    type: fc.constantFrom('topic' as const, 'group' as const),
    name: fc.constantFrom('a', 'b', 'a|b'),
    patternType: fc.constantFrom('literal' as const, 'prefix' as const),
  })
  const operations = fc.uniqueArray(fc.constantFrom('Read' as const, 'Write' as const), {
    minLength: 1,
  })
  const acls = fc.array(fc.record({ resource, operations }))

  it('leads from any access to any other, and then finds nothing to do', () => {
    fc.assert(
      fc.property(acls, acls, (before, after) => {
        const there = planRules({ name: 'u', acls: before }, []).add
        const { add, remove } = planRules({ name: 'u', acls: after }, there)
        const left = [...there.filter((rule) => !remove.includes(rule)), ...add]
        const again = planRules({ name: 'u', acls: after }, left)
        expect(again).toEqual({ add: [], remove: [] })
        expect(left).toHaveLength(planRules({ name: 'u', acls: after }, []).add.length)
      }),
    )
  })

  it('removes a denial and a rule for one host, which nobody wants', () => {
    const user = { name: 'u', acls: kafkaUsers[0]?.acls ?? [] }
    const [rule, ...rest] = planRules(user, []).add
    expect(rule).toBeDefined()
    if (!rule) return
    const strange = [
      { ...rule, permission: 'Deny' },
      { ...rule, host: '10.0.0.1' },
    ]
    expect(planRules(user, [...rest, ...strange])).toEqual({ add: [rule], remove: strange })
  })
})
