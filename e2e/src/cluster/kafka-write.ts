import type { Cluster } from './cluster.ts'

// Written with the credential that the pod has; a null value removes a key that nobody knows.
const script = `
import { readFileSync } from 'node:fs'
import { Kafka } from 'kafkajs'
const { KAFKA_BROKERS, KAFKA_CA_FILE, KAFKA_USERNAME, KAFKA_PASSWORD_FILE } = process.env
const read = (file) => readFileSync(file, 'utf8').trim()
const kafka = new Kafka({
  brokers: KAFKA_BROKERS.split(','), logLevel: 0, retry: { retries: 1 }, connectionTimeout: 10_000,
  ssl: { ca: [read(KAFKA_CA_FILE)] },
  sasl: { mechanism: 'scram-sha-512', username: KAFKA_USERNAME, password: read(KAFKA_PASSWORD_FILE) },
})
for (const topic of process.argv.slice(1)) {
  const producer = kafka.producer({ retry: { retries: 1 } })
  await producer.connect()
  const answer = await producer.send({ topic, messages: [{ key: 'nobody', value: null }] })
    .then(() => 'written', (error) => error.cause?.type ?? error.type ?? error.message)
  console.log(topic, answer)
  await producer.disconnect()
}`

/** Tries to write to topics with the credential of a deployment's pod. Returns topic → `written` or Kafka's error. */
export const tryToWrite = async (
  cluster: Cluster,
  deployment: string,
  topics: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const node = ['node', '--input-type=module', '--eval', script, ...topics]
  const { stdout, stderr } = await cluster.inPod(`deployment/${deployment}`, ...node)
  const lines = stdout.trim().split('\n').filter(Boolean)
  if (lines.length !== topics.length) throw new Error(`not all was tried: ${stdout} ${stderr}`)
  return new Map(lines.map((line) => [line.split(' ')[0] ?? '', line.slice(line.indexOf(' ') + 1)]))
}
