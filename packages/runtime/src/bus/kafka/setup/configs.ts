import type { Kafka } from 'kafkajs'
import { assertTaken, type RawRequest, sendToController } from './request.ts'
import { array, createReader, int8, string } from './wire.ts'

/**
 * IncrementalAlterConfigs, version 0 (KIP-339). The older call, which kafkajs has, resets every setting that is not
 * named in it, also those that an operator made by hand.
 */
const api = { apiKey: 44, apiVersion: 0, apiName: 'IncrementalAlterConfigs' } as const

const topicResource = 2
const setOperation = 0
const really = 0

/** Encodes the request that sets these settings of a topic and leaves its others alone. */
export const configRequest = (
  topic: string,
  config: Readonly<Record<string, string>>,
): RawRequest => {
  const settings = Object.entries(config).map(([name, value]) =>
    Buffer.concat([string(name), int8(setOperation), string(value)]),
  )
  const resource = Buffer.concat([int8(topicResource), string(topic), array(settings)])
  return { ...api, body: Buffer.concat([array([resource]), int8(really)]) }
}

/** What the broker said about each topic. */
export const configAnswer = (bytes: Buffer) => {
  const reader = createReader(bytes)
  reader.int32()
  return reader.array(() => {
    const answer = { code: reader.int16(), message: reader.string() }
    reader.int8()
    return { ...answer, topic: reader.string() }
  })
}

/** Sets settings of a topic. Throws what the bus throws, `refused` for a setting Kafka does not take. */
export const setTopicConfig = async (
  kafka: Kafka,
  topic: string,
  config: Readonly<Record<string, string>>,
): Promise<void> => {
  const doing = `setting ${Object.keys(config).join(', ')} of ${topic}`
  const answers = configAnswer(await sendToController(kafka, configRequest(topic, config), doing))
  for (const { code, message } of answers) assertTaken(code, message, doing)
}
