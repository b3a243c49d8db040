import { type Assignment, assignPartitions } from '../group/assigner.ts'
import type { Leader } from '../group/leader.ts'
import type { GroupOptions } from '../port.ts'
import type { MemoryLog } from './log.ts'

/** A member as its group sees it. */
interface GroupMemberState {
  readonly options: GroupOptions
  readonly leader: Leader
  assign(assignment: Assignment): void
}

/** A group's members and commits. */
interface GroupState {
  generation: number
  readonly members: Map<string, GroupMemberState>
  readonly committed: Map<string, number>
}

/** The groups of one log: who is in them and what is committed. */
export interface MemoryGroups {
  of(name: string): GroupState
  /** A new member id. */
  newId(): string
  rebalance(name: string): void
}

/** Groups without members. */
export const createMemoryGroups = (log: MemoryLog): MemoryGroups => {
  const groups = new Map<string, GroupState>()
  const of = (name: string) => {
    const group = groups.get(name) ?? { generation: 0, members: new Map(), committed: new Map() }
    groups.set(name, group)
    return group
  }
  const rebalance = (name: string) => {
    const group = of(name)
    const members = [...group.members].map(([id, { options, leader }]) => ({
      id,
      topics: options.topics,
      ...(leader.owns() && { claim: group.generation }),
    }))
    group.generation += 1
    const topics = [...new Set(members.flatMap((m) => m.topics))]
    const known = new Set(log.topics())
    const partitions = new Map(
      topics.map((topic) => [topic, known.has(topic) ? [...log.ends(topic).keys()] : []]),
    )
    const leadTopic = [...group.members.values()].find((m) => m.options.leadTopic)?.options
      .leadTopic
    for (const [id, assignment] of assignPartitions(members, partitions, leadTopic)) {
      group.members.get(id)?.assign(assignment)
    }
  }
  let made = 0
  const newId = () => {
    made += 1
    return `member-${String(made).padStart(6, '0')}`
  }
  return { of, newId, rebalance }
}
