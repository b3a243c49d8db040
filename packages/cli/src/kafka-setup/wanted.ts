import { readFileSync } from 'node:fs'
import { type AclOperation, type KafkaAcl, kafkaUsers } from '@flux/contracts'
import { ConfigError, messageOf, type NewTopic } from '@flux/runtime'
import * as z from 'zod'

/** A topic as it has to be; an `ordered` one is never given more partitions. */
export interface WantedTopic extends NewTopic {
  readonly delivery: 'latest' | 'ordered'
}

/** A user as it has to be; `name` is the whole name, as it signs in. */
export interface WantedUser {
  readonly name: string
  readonly password: string
  readonly acls: readonly KafkaAcl[]
}

/** What the cluster has to look like. */
export interface Wanted {
  readonly topics: readonly WantedTopic[]
  readonly users: readonly WantedUser[]
}

const knownOperations = new Set<string>(
  kafkaUsers.flatMap(({ acls }) => acls.flatMap(({ operations }) => operations)),
)

const word = z.string().min(1)
const operation = z.custom<AclOperation>(
  (value) => typeof value === 'string' && knownOperations.has(value),
  `is none of ${[...knownOperations].join(', ')}`,
)

const topic = z
  .strictObject({
    name: word,
    partitions: z.int().positive(),
    delivery: z.enum(['latest', 'ordered']),
    replicas: z.int().positive().optional(),
    config: z.record(word, z.string()),
  })
  .transform(({ name, ...rest }) => ({ topic: name, ...rest }))

const acl = z.strictObject({
  resource: z.strictObject({
    type: z.enum(['topic', 'group', 'cluster']),
    name: word,
    patternType: z.enum(['literal', 'prefix']),
  }),
  operations: z.array(operation).min(1),
})

const setup = z.strictObject({
  topics: z.array(topic),
  users: z.array(z.strictObject({ name: word, passwordFile: word, acls: z.array(acl) })),
})

const parse = (content: string) => {
  try {
    const parsed = setup.safeParse(JSON.parse(content))
    if (parsed.success) return parsed.data
    throw new ConfigError(
      parsed.error.issues.map(({ path, message }) => `KAFKA_SETUP: ${path.join('.')}: ${message}`),
    )
  } catch (error) {
    if (error instanceof ConfigError) throw error
    throw new ConfigError([`KAFKA_SETUP is not JSON (${messageOf(error)})`])
  }
}

const readPassword = (user: string, path: string): string => {
  try {
    const password = readFileSync(path, 'utf8').trim()
    if (password !== '') return password
  } catch (error) {
    throw new ConfigError([`the password of ${user} cannot be read (${messageOf(error)})`])
  }
  throw new ConfigError([`the password of ${user} is empty: ${path}`])
}

/**
 * Reads what is wanted, and the users' passwords out of the files that it names. Throws `ConfigError` with every fault
 * of the text, or the first password that cannot be had.
 */
export const readWanted = (text: string): Wanted => {
  const { topics, users } = parse(text)
  return {
    topics,
    users: users.map(({ passwordFile, ...user }) => ({
      ...user,
      password: readPassword(user.name, passwordFile),
    })),
  }
}
