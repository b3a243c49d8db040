import { type Channel, channels, entry, kafkaChannels, placeDetails } from '@flux/contracts'
import * as z from 'zod'

const prefix = '#/components/schemas/'

/** A reference to one of `schemas`. */
export const refTo = (id: string): { readonly $ref: string } => ({ $ref: `${prefix}${id}` })

const history = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('sampled'),
    everyMs: z.int(),
    spanMs: z.int(),
    column: z.string(),
  }),
  z.strictObject({ kind: z.literal('newest'), count: z.int() }),
])

const ages = z.strictObject({
  refreshAfterMs: z.nullable(z.int()).describe('An occupied room asks again after this.'),
  staleAfterMs: z.int().describe('A value older than this is shown as stale.'),
  retentionMs: z.int().describe('A key without a newer record is forgotten after this.'),
})

const channelList = z.strictObject({
  channels: z.array(
    z.strictObject({
      name: z.enum(channels.map(({ name }) => name)),
      schema: z.string().describe('Name and version of the value’s schema.'),
      delivery: z.enum(['latest', 'ordered']),
      history,
      ages,
      room: z.string().describe('The rooms that it is sent to; braces stand for a part.'),
      topic: z.optional(z.string()).describe('On Kafka; none for what is born on a replica.'),
    }),
  ),
})

const newest = ({ name, schema }: Channel) =>
  z.strictObject({
    channel: z.literal(name),
    epoch: z.nullable(z.string()).describe('Identity of the log that the positions belong to.'),
    entries: z.array(z.object({ ...entry.shape, d: schema })),
  })

const failure = z.strictObject({
  code: z.enum(['bad_request', 'not_found', 'internal']),
  message: z.string().describe('A sentence for people.'),
})

const named = (): readonly (readonly [id: string, schema: z.core.$ZodType])[] => [
  ['Channels', channelList],
  ['Newest', z.union(kafkaChannels.map(newest))],
  ['Place', placeDetails],
  ['Places', z.strictObject({ places: z.array(placeDetails) })],
  ['Failure', failure],
  ...kafkaChannels.map(({ name, schema }) => [name, schema] as const),
]

/** The schemas of the document by their id; a channel's value has the name of the channel. */
export const schemas = (): Record<string, object> => {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of named()) registry.add(schema, { id })
  // Input: a value is sent on as it came from Kafka, with what a newer producer may have added.
  const made = z.toJSONSchema(registry, { io: 'input', uri: (id) => `${prefix}${id}` })
  return Object.fromEntries(
    Object.entries(made.schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
  )
}
