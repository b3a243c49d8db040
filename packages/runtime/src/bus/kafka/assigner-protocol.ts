import { AssignerProtocol, type PartitionAssigner } from 'kafkajs'
import * as z from 'zod'
import { assignPartitions, type GroupMember } from '../group/assigner.ts'
import { partitionsOf } from './cluster.ts'

const { MemberAssignment, MemberMetadata } = AssignerProtocol
const name = 'flux-sticky-leader'
const version = 1

const userData = z.object({ claim: z.int().nonnegative().optional() })

const claimOf = (data: Buffer): number | undefined => {
  if (data.length === 0) return undefined
  try {
    return userData.parse(JSON.parse(data.toString())).claim
  } catch {
    return undefined
  }
}

const toMember = (member: { memberId: string; memberMetadata: Buffer }): GroupMember => {
  const metadata = MemberMetadata.decode(member.memberMetadata)
  const claim = metadata ? claimOf(metadata.userData) : undefined
  return {
    id: member.memberId,
    topics: metadata?.topics ?? [],
    ...(claim !== undefined && { claim }),
  }
}

/** What a member brings to the assigner. */
export interface StickyOptions {
  readonly leadTopic?: string | undefined
  /** The generation in which this member last knew that it leads; `undefined`: it does not. Asked at every join. */
  claim(): number | undefined
}

/** `assignPartitions` as kafkajs wants it: claims travel as user data of the members. */
export const stickyAssigner =
  ({ leadTopic, claim }: StickyOptions): PartitionAssigner =>
  ({ cluster }) => ({
    name,
    version,
    protocol: ({ topics }) => ({
      name,
      metadata: MemberMetadata.encode({
        version,
        topics,
        userData: Buffer.from(JSON.stringify({ claim: claim() })),
      }),
    }),
    assign: ({ members, topics }) => {
      const known = members.map(toMember)
      const all = new Set([...topics, ...known.flatMap((m) => m.topics)])
      const partitions = new Map([...all].map((topic) => [topic, partitionsOf(cluster, topic)]))
      const assigned = assignPartitions(known, partitions, leadTopic)
      return Promise.resolve(
        [...assigned].map(([memberId, assignment]) => ({
          memberId,
          memberAssignment: MemberAssignment.encode({
            version,
            assignment,
            userData: Buffer.alloc(0),
          }),
        })),
      )
    },
  })
