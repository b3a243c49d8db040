import type { Bus, InRecord, OutRecord, TopicSpec } from '@flux/runtime'
import { expect, onTestFinished } from 'vitest'

/** A log under test. Topics and groups are made unique by the suite, so a broker may be shared. */
export interface BusHarness {
  /** Another bus on the same log; closed by the suite. */
  bus(): Bus
  /** Lets time pass, at least a bit and at most `ms` milliseconds a call. */
  pass(ms: number): Promise<void>
  /** Deletes the records below `low`. */
  trim(topic: string, partition: number, low: number): Promise<void>
  /** Deletes a topic and creates it again, empty. */
  recreate(spec: TopicSpec): Promise<void>
  grow(topic: string, partitions: number): Promise<void>
  close(): Promise<void>
}

/** The topic that a tail reads the log's identity from. */
export const epochTopic: TopicSpec = {
  topic: 'flux.epoch',
  partitions: 1,
  config: { 'retention.ms': '-1' },
}

/** Settings of the topics under test. */
export const config = { 'message.timestamp.type': 'LogAppendTime' }

/** A record to be sent, its value as JSON; `null` is a tombstone. */
export const out = (
  key: string,
  value: unknown,
  headers: Record<string, string> = {},
): OutRecord => ({
  key,
  value: value === null ? null : JSON.stringify(value),
  headers,
})

/** Values of records that are numbers, in ascending order. */
export const numbers = (records: readonly InRecord[]) =>
  records.map((record) => Number(record.value?.toString())).sort((a, b) => a - b)

/** Whole numbers from `from` up to, and without, `to`. */
export const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => from + index)

/** What one test works with: a bus, and a topic and a group of its own. All is closed when the test is finished. */
export const openBench = async (makeHarness: () => Promise<BusHarness>) => {
  const harness = await makeHarness()
  const buses: Bus[] = []
  onTestFinished(async () => {
    await Promise.all(buses.map((made) => made.close()))
    await harness.close()
  })
  const another = () => {
    const made = harness.bus()
    buses.push(made)
    return made
  }
  const bus = another()
  const topic = `conformance.${crypto.randomUUID()}`
  const group = `conformance-${crypto.randomUUID()}`

  /** Passes time until the condition holds; one that never does fails the test. */
  const eventually = async (what: string, condition: () => boolean | Promise<boolean>) => {
    for (let tries = 0; tries < 1500; tries += 1) {
      if (await condition()) return
      await harness.pass(20)
    }
    expect.unreachable(`never: ${what}`)
  }
  const create = async (partitions = 3) => {
    await bus.ensureTopics([epochTopic, { topic, partitions, config }])
  }
  const sendNumbers = async (from: number, to: number, keys = 7) => {
    await Promise.all(range(from, to).map((n) => bus.send(topic, [out(`k${n % keys}`, n)])))
  }
  return { harness, bus, another, topic, group, eventually, create, sendNumbers }
}

/** What one test works with. */
export type Bench = Awaited<ReturnType<typeof openBench>>
