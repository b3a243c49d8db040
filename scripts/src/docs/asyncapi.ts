import { channels, commands, kafkaChannels } from '@flux/contracts'
import * as z from 'zod'

const schemaOf = (schema: z.core.$ZodType) => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema)
  return rest
}

const keyed = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
  Object.fromEntries(entries)

const idOf = (name: string): string => name.replaceAll('.', '-')

const messageOf = (id: string) => ({ messages: { [id]: { $ref: `#/components/messages/${id}` } } })

/** The AsyncAPI 3.0 document of the Kafka topics: who appends what, and what a record holds. */
export const asyncApi = (): string => {
  const events = kafkaChannels.map((c) => ({
    id: idOf(c.name),
    topic: c.topic,
    schema: c.schema,
    action: 'send',
  }))
  const asked = commands.map((c) => ({
    id: idOf(c.name),
    topic: c.topic,
    schema: c.schema,
    action: 'receive',
  }))
  const all = [...events, ...asked]
  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'Flux',
      version: '1',
      description: `Records on Kafka. A browser gets the values of ${channels.length} channels as Socket.IO events named like the channel.`,
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    channels: keyed(
      all.map(({ id, topic }) => [id, { address: topic, ...messageOf(id) }] as const),
    ),
    operations: keyed(
      all.map(
        ({ id, action }) =>
          [`${action}-${id}`, { action, channel: { $ref: `#/channels/${id}` } }] as const,
      ),
    ),
    components: {
      messages: keyed(
        all.map(({ id, schema }) => [id, { name: id, payload: schemaOf(schema) }] as const),
      ),
    },
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}
