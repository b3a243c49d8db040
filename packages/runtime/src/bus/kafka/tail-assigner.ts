import { AssignerProtocol, type PartitionAssigner } from 'kafkajs'
import { type ClusterView, partitionsOf } from './cluster.ts'

const { MemberAssignment, MemberMetadata } = AssignerProtocol
const name = 'flux-tail'
const version = 1

/**
 * The assigner of a group with one member: that member gets everything. kafkajs awaits it in every join, before the
 * first fetch, and hands it the cluster: so this is where a tail looks at the log and decides where to go on.
 */
export const tailAssigner =
  (prepare: (cluster: ClusterView) => Promise<void>): PartitionAssigner =>
  ({ cluster }) => ({
    name,
    version,
    protocol: ({ topics }) => ({
      name,
      metadata: MemberMetadata.encode({ version, topics, userData: Buffer.alloc(0) }),
    }),
    assign: async ({ members, topics }) => {
      await prepare(cluster)
      const everything = topics.map((topic) => [topic, partitionsOf(cluster, topic)] as const)
      const assignment = Object.fromEntries(everything)
      return members.slice(0, 1).map(({ memberId }) => ({
        memberId,
        memberAssignment: MemberAssignment.encode({
          version,
          assignment,
          userData: Buffer.alloc(0),
        }),
      }))
    },
  })
