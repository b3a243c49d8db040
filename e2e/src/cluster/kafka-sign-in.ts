import type { Cluster } from './cluster.ts'

// Signs in as the pod does, or with another password, and asks for a topic's partitions.
const script = `
import { readFileSync } from 'node:fs'
import { Kafka } from 'kafkajs'
const { KAFKA_BROKERS, KAFKA_CA_FILE, KAFKA_USERNAME, KAFKA_PASSWORD_FILE } = process.env
const read = (file) => readFileSync(file, 'utf8').trim()
const [topic, given] = process.argv.slice(1)
const password = given || read(KAFKA_PASSWORD_FILE)
const admin = new Kafka({
  brokers: KAFKA_BROKERS.split(','), logLevel: 0, retry: { retries: 1 }, connectionTimeout: 10_000,
  ssl: { ca: [read(KAFKA_CA_FILE)] },
  sasl: { mechanism: 'scram-sha-512', username: KAFKA_USERNAME, password },
}).admin()
try {
  await admin.connect()
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
  console.log(JSON.stringify({ password, answer: 'signed in', partitions: topics[0].partitions.length }))
} catch (error) {
  console.log(JSON.stringify({ password, answer: error.name + ': ' + error.message, partitions: 0 }))
}
process.exit()`

/** How Kafka took a password. */
export interface SignIn {
  readonly password: string
  /** `signed in`, or Kafka's refusal. */
  readonly answer: string
  /** Of the topic that was asked for. */
  readonly partitions: number
}

/** Signs in to Kafka from a deployment's pod as its user, with the password the pod has now or another one. */
export const signIn = async (
  cluster: Cluster,
  deployment: string,
  options: { readonly topic: string; readonly password?: string },
): Promise<SignIn> => {
  const node = ['node', '--input-type=module', '--eval', script, options.topic]
  const command = options.password === undefined ? node : [...node, options.password]
  const { stdout, stderr } = await cluster.inPod(`deployment/${deployment}`, ...command)
  if (stdout === '') throw new Error(`no way to try it from ${deployment}: ${stderr}`)
  const answer: SignIn = JSON.parse(stdout)
  return answer
}
