/** A member of the group as the assigner sees it. */
export interface GroupMember {
  readonly id: string
  readonly topics: readonly string[]
  /** Set when the member says that it leads: the group generation in which it last knew so. */
  readonly claim?: number
}

/** Topic → number of partitions. */
export type Partitions = ReadonlyMap<string, readonly number[]>

/** Topic → partitions, of one member. */
export type Assignment = Record<string, number[]>

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The newest claim wins (an older one is from before the last change); without one, the smallest id. */
const leaderAmong = (members: readonly GroupMember[]): GroupMember | undefined =>
  members.toSorted((a, b) => (b.claim ?? -1) - (a.claim ?? -1) || byText(a.id, b.id))[0]

/**
 * Gives every partition to one member. Partition 0 of `leadTopic` stays with the member that holds it; the rest goes,
 * in a fixed order, to whoever has the least, so that nobody has two more than anybody else of the same topics.
 * Pure: the same input gives the same result, in whatever order the members come.
 */
export const assignPartitions = (
  members: readonly GroupMember[],
  partitions: Partitions,
  leadTopic?: string,
): Map<string, Assignment> => {
  const sorted = members.toSorted((a, b) => byText(a.id, b.id))
  const result = new Map<string, Assignment>(sorted.map(({ id }) => [id, {}]))
  const load = new Map<string, number>(sorted.map(({ id }) => [id, 0]))
  const give = (id: string, topic: string, partition: number) => {
    const assignment = result.get(id) ?? {}
    assignment[topic] = [...(assignment[topic] ?? []), partition]
    load.set(id, (load.get(id) ?? 0) + 1)
  }
  const subscribers = (topic: string) => sorted.filter((m) => m.topics.includes(topic))
  const leads = (topic: string, partition: number) => topic === leadTopic && partition === 0

  for (const [topic, numbers] of partitions) {
    const leader = leaderAmong(subscribers(topic))
    if (leader && numbers.some((n) => leads(topic, n))) give(leader.id, topic, 0)
  }
  for (const topic of [...partitions.keys()].sort(byText)) {
    const candidates = subscribers(topic)
    for (const partition of partitions.get(topic) ?? []) {
      if (leads(topic, partition)) continue
      const next = candidates.toSorted((a, b) => (load.get(a.id) ?? 0) - (load.get(b.id) ?? 0))[0]
      if (next) give(next.id, topic, partition)
    }
  }
  return result
}
