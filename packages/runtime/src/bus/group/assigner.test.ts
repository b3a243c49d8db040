import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignPartitions, type GroupMember } from './assigner.ts'

const topics = ['a', 'b', 'c']
const partitions = fc
  .tuple(...topics.map(() => fc.integer({ min: 1, max: 7 })))
  .map((counts) => new Map(topics.map((t, i) => [t, [...Array(counts[i]).keys()]])))
const members = fc.uniqueArray(
  fc.record(
    { id: fc.string({ minLength: 1, maxLength: 8 }), claim: fc.integer({ min: 0, max: 5 }) },
    { requiredKeys: ['id'] },
  ),
  { selector: ({ id }) => id, minLength: 1, maxLength: 6 },
)
const withTopics = (list: { id: string; claim?: number }[]): GroupMember[] =>
  list.map((member) => ({ ...member, topics }))

const leaderOf = (result: ReturnType<typeof assignPartitions>) =>
  [...result].filter(([, assignment]) => assignment['a']?.includes(0)).map(([id]) => id)

describe('assignPartitions', () => {
  it('gives every partition to exactly one member, evenly', () => {
    fc.assert(
      fc.property(members, partitions, (list, counts) => {
        const result = assignPartitions(withTopics(list), counts, 'a')
        const given = [...result.values()].flatMap((assignment) =>
          Object.entries(assignment).flatMap(([topic, ns]) => ns.map((n) => `${topic}/${n}`)),
        )
        const all = [...counts].flatMap(([topic, ns]) => ns.map((n) => `${topic}/${n}`))
        expect(given.toSorted()).toEqual(all.toSorted())
        const loads = [...result.values()].map(
          (assignment) => Object.values(assignment).flat().length,
        )
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('does not depend on the order of the members', () => {
    fc.assert(
      fc.property(members, partitions, fc.infiniteStream(fc.nat()), (list, counts, seeds) => {
        const shuffled = list
          .map((member) => ({ member, at: seeds.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ member }) => member)
        const one = assignPartitions(withTopics(list), counts, 'a')
        const other = assignPartitions(withTopics(shuffled), counts, 'a')
        expect(Object.fromEntries(other)).toEqual(Object.fromEntries(one))
      }),
    )
  })

  it('leaves the leading partition where it is, whoever comes and goes', () => {
    fc.assert(
      fc.property(members, members, partitions, (before, after, counts) => {
        const [leader] = leaderOf(assignPartitions(withTopics(before), counts, 'a'))
        const others = after.filter(({ id }) => id !== leader).map(({ id }) => ({ id }))
        const next = [...others, { id: leader ?? '', claim: 3 }]
        expect(leaderOf(assignPartitions(withTopics(next), counts, 'a'))).toEqual([leader])
      }),
    )
  })

  it('believes the newest of several claims', () => {
    const list = withTopics([{ id: 'a', claim: 4 }, { id: 'b', claim: 9 }, { id: 'c' }])
    expect(leaderOf(assignPartitions(list, new Map([['a', [0, 1]]]), 'a'))).toEqual(['b'])
  })

  it('gives a topic only to those who subscribe to it', () => {
    const list: GroupMember[] = [
      { id: 'old', topics: ['a'] },
      { id: 'new', topics: ['a', 'b'] },
    ]
    const counts = new Map([
      ['a', [0]],
      ['b', [0, 1, 2]],
    ])
    expect(assignPartitions(list, counts, 'a').get('new')?.['b']).toEqual([0, 1, 2])
  })
})
