import { leaderTopic } from '@flux/contracts'
import type { Bus, GroupOptions, Member } from '../bus/port.ts'
import type { Process } from '../process/core.ts'
import type { CheckResult } from '../process/readiness.ts'

/** What a service joins its group with. */
export interface ServiceGroup {
  /** Topics of its commands, in the order of the contracts. */
  readonly topics: readonly string[]
  readonly handler: GroupOptions['handler']
  /** `undefined` when it has no work for a leader. */
  readonly onLead: GroupOptions['onLead']
}

/** Not ready until the group was joined once; after that losing Kafka only degrades: restarting would not bring it back. */
const kafkaCheck = (member: Member, sending: () => boolean) => {
  let joined = false
  return (): CheckResult => {
    const healthy = member.healthy()
    joined ||= healthy
    if (!joined) return { state: 'not_ready', why: 'the consumer group is not joined yet' }
    if (!healthy) return { state: 'degraded', why: 'the consumer group is lost' }
    return sending() ? { state: 'ready' } : { state: 'degraded', why: 'publishing fails' }
  }
}

/**
 * Joins the consumer group of a service (named like it), which elects its leader: the owner of partition 0 of its first
 * command topic. `undefined` when there is nothing to join for.
 */
export const joinServiceGroup = async (
  process: Process<unknown>,
  bus: Pick<Bus, 'join'>,
  { topics, handler, onLead, sending }: ServiceGroup & { sending(): boolean },
): Promise<Member | undefined> => {
  const { name } = process
  const joined = topics.length === 0 && onLead ? [leaderTopic(name)] : topics
  const [leadTopic] = joined
  if (leadTopic === undefined) return undefined
  const member = await bus.join({
    group: name,
    topics: joined,
    handler,
    leadTopic,
    ...(onLead && { onLead }),
  })
  process.onClose('group', member.close)
  process.ready('kafka', kafkaCheck(member, sending))
  return member
}
