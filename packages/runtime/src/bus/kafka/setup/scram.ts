import { pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { Kafka } from 'kafkajs'
import type { Credentials } from '../client.ts'
import { assertTaken, type RawRequest, sendToController } from './request.ts'
import { compact, compactArray, createReader, int8, int32, noTags } from './wire.ts'

/**
 * AlterUserScramCredentials, version 0 (KIP-554): kafkajs has no such call. What is sent is the salted password of
 * RFC 5802, `PBKDF2(HMAC-SHA-512, password, salt, iterations)`: the password itself never leaves this process.
 */
const api = { apiKey: 51, apiVersion: 0, apiName: 'AlterUserScramCredentials' } as const

const sha512 = 2
/** The number that Kafka's own tools take; it accepts 4096 to 16384. */
const iterations = 4096
const hashBytes = 64

/** A password as the broker keeps it. */
export interface SaltedPassword {
  readonly username: string
  readonly salt: Buffer
  readonly salted: Buffer
}

/** Encodes the request that sets these passwords. */
export const scramRequest = (passwords: readonly SaltedPassword[]): RawRequest => {
  const upsertions = passwords.map(({ username, salt, salted }) =>
    Buffer.concat([
      ...[compact(username), int8(sha512), int32(iterations), compact(salt), compact(salted)],
      noTags,
    ]),
  )
  const deletions = compactArray([])
  return { ...api, body: Buffer.concat([noTags, deletions, compactArray(upsertions), noTags]) }
}

/** What the broker said about each user. */
export const scramAnswer = (bytes: Buffer) => {
  const reader = createReader(bytes)
  reader.tags()
  reader.int32()
  return reader.compactArray(() => {
    const answer = { user: reader.compact(), code: reader.int16(), message: reader.compact() }
    reader.tags()
    return answer
  })
}

/** Salts a password for SCRAM-SHA-512. */
export const saltPassword = async (
  { username, password }: Credentials,
  salt: Buffer = randomBytes(32),
): Promise<SaltedPassword> => ({
  username,
  salt,
  salted: await promisify(pbkdf2)(password, salt, iterations, hashBytes, 'sha512'),
})

/** Makes the user, or gives it this password. Throws what the bus throws, `refused` for a name Kafka does not take. */
export const setScramPassword = async (kafka: Kafka, credentials: Credentials): Promise<void> => {
  const doing = `setting the password of ${credentials.username}`
  const request = scramRequest([await saltPassword(credentials)])
  const answers = scramAnswer(await sendToController(kafka, request, doing))
  for (const { code, message } of answers) assertTaken(code, message, doing)
}
