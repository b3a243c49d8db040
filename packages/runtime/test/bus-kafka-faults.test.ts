import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { eventually, testKafka } from '@flux/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type Bus,
  createKafkaBus,
  createLog,
  createMetrics,
  type InRecord,
  type KafkaBusOptions,
  systemClock,
  type TailOptions,
  type TailState,
  type TopicSpec,
} from '../src/index.ts'

const epoch: TopicSpec = { topic: 'flux.epoch', partitions: 1, config: { 'retention.ms': '-1' } }
const spec = (topic: string, partitions = 3): TopicSpec => ({
  topic,
  partitions,
  config: { 'message.timestamp.type': 'LogAppendTime' },
})

describe('bus on a Kafka that fails', () => {
  let kafka: Awaited<ReturnType<typeof testKafka>>
  let bus: Bus
  let topic: string
  let topics: TopicSpec[]
  const buses: Bus[] = []

  const newBus = (options: Partial<KafkaBusOptions> = {}) => {
    const made = createKafkaBus({
      brokers: kafka.brokers.split(','),
      clientId: 'faults',
      log: createLog({ name: 'faults', level: 'silent' }),
      metrics: createMetrics(),
      clock: systemClock,
      ...options,
    })
    buses.push(made)
    return made
  }
  const comes = (what: string, condition: () => boolean, deadlineMs = 40_000) =>
    eventually(what, condition, deadlineMs)
  /** A tail that keeps what a reader would keep, and everything it said. */
  const startTail = () => {
    const records = new Map<string, InRecord>()
    const states: TailState[] = []
    const resets: string[] = []
    const epochs: string[] = []
    const seen = { duplicates: 0 }
    const options: TailOptions = {
      topics: new Map([[topic, { from: 'beginning' }]]),
      onBatch: (batch) => {
        for (const record of batch.records) {
          const key = `${record.partition}/${record.offset}`
          if (records.has(key)) seen.duplicates += 1
          records.set(key, record)
        }
      },
      onFloor: () => undefined,
      onEpoch: (id) => epochs.push(id),
      onReset: (_, reason) => {
        records.clear()
        resets.push(reason)
      },
      onState: (state) => states.push(state),
    }
    const tail = newBus().tail(options)
    return { tail, records, states, resets, epochs, seen }
  }
  /** Sends numbers, one after another per key, and remembers which were acknowledged. */
  const startSending = (on = bus) => {
    const acknowledged: number[] = []
    const outcomes = { refused: 0 }
    let next = 0
    let running = true
    const one = async (key: string) => {
      while (running) {
        const value = next
        next += 1
        try {
          await on.send(topic, [{ key, value: String(value), headers: {} }])
          acknowledged.push(value)
        } catch {
          outcomes.refused += 1
          await sleep(50)
        }
        await sleep(5)
      }
    }
    const all = Promise.all(['a', 'b', 'c', 'd'].map(one))
    const stop = async () => {
      running = false
      await all
    }
    return { acknowledged, outcomes, stop }
  }
  const valuesOf = (records: Iterable<InRecord>) =>
    [...records].map((record) => Number(record.value?.toString()))
  const places = (records: Iterable<InRecord>) =>
    [...records].map((r) => `${r.partition}/${r.offset}=${r.value}`).sort()

  beforeAll(async () => {
    kafka = await testKafka()
  })
  afterAll(async () => {
    await kafka.close()
  })
  beforeEach(async () => {
    bus = newBus()
    topic = `faults.${crypto.randomUUID()}`
    topics = [epoch, spec(topic)]
    await bus.ensureTopics(topics)
  })
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((made) => made.close()))
  })

  it('loses nothing that was acknowledged while the broker was paused', async () => {
    // Short enough that sends are given up while their requests still lie at the broker, to be stored later.
    const sending = startSending(newBus({ requestTimeoutMs: 500 }))
    await comes('something is sent', () => sending.acknowledged.length > 100)
    await kafka.kill('SIGSTOP')
    await sleep(10_000)
    expect(sending.outcomes.refused).toBeGreaterThan(0)
    const before = sending.acknowledged.length
    await kafka.kill('SIGCONT')
    await comes('sending goes on', () => sending.acknowledged.length > before + 100)
    await sending.stop()
    const stored = await bus.read(topic)
    const values = new Set(valuesOf(stored))
    expect(sending.acknowledged.filter((value) => !values.has(value))).toEqual([])
    // Sent again is allowed, overtaken is not: what is new under a key is always a higher number.
    for (const key of ['a', 'b', 'c', 'd']) {
      const mine = new Set(valuesOf(stored.filter((record) => record.key === key)))
      expect([...mine]).toEqual([...mine].sort((a, b) => a - b))
    }
    expect(stored.length).toBeGreaterThanOrEqual(sending.acknowledged.length)
  })

  it('goes on without loss or duplicates after the broker was killed for 20 s', async () => {
    const { tail, records, states, resets, epochs, seen } = startTail()
    await comes('it is live', () => tail.state() === 'live')
    const sending = startSending()
    await comes('something came', () => records.size > 100)
    await kafka.kill('SIGKILL')
    await comes('it is dark', () => tail.state() === 'dark')
    expect(await tail.ends(topic)).toBeUndefined()
    await expect(bus.ends(topic)).rejects.toMatchObject({ code: 'bus_unavailable' })
    await sleep(16_000)
    expect(sending.outcomes.refused).toBeGreaterThan(0)
    await kafka.start()
    const startedAt = performance.now()
    await comes('it is live again', () => tail.state() === 'live')
    expect(performance.now() - startedAt).toBeLessThan(15_000)
    const before = sending.acknowledged.length
    await comes('sending goes on', () => sending.acknowledged.length > before + 50)
    await sending.stop()
    const stored = await bus.read(topic)
    await comes('everything came', () => records.size >= stored.length)
    expect(places(records.values())).toEqual(places(stored))
    const values = new Set(valuesOf(stored))
    expect(sending.acknowledged.filter((value) => !values.has(value))).toEqual([])
    expect(seen.duplicates).toBe(0)
    expect(resets).toEqual([])
    expect(epochs).toHaveLength(1)
    expect(states).toEqual(['live', 'dark', 'catching-up', 'live'])
  })

  it('goes on after the broker was paused', async () => {
    const { tail, records, resets, seen } = startTail()
    await comes('it is live', () => tail.state() === 'live')
    const sending = startSending()
    await comes('something came', () => records.size > 50)
    await kafka.kill('SIGSTOP')
    await comes('it is dark', () => tail.state() === 'dark')
    await sleep(5000)
    await kafka.kill('SIGCONT')
    await comes('it is live again', () => tail.state() === 'live')
    await sending.stop()
    const stored = await bus.read(topic)
    await comes('everything came', () => records.size >= stored.length)
    expect(places(records.values())).toEqual(places(stored))
    expect(seen.duplicates).toBe(0)
    expect(resets).toEqual([])
  })

  it('reads everything again under a new epoch when the data is lost', async () => {
    const { tail, records, resets, epochs } = startTail()
    for (let n = 0; n < 20; n += 1) {
      await bus.send(topic, [{ key: `k${n}`, value: String(n), headers: {} }])
    }
    await comes('all are there', () => records.size === 20)
    await kafka.wipe()
    await kafka.start()
    await bus.ensureTopics(topics)
    // More than before, so that every old position exists in the new log too.
    for (let n = 100; n < 200; n += 1) {
      await bus.send(topic, [{ key: `k${n}`, value: String(n), headers: {} }])
    }
    await comes('it has another epoch', () => epochs.length === 2)
    await comes('all are there', () => records.size === 100)
    await comes('it is live', () => tail.state() === 'live')
    expect(resets).toEqual(['epoch_changed'])
    expect(new Set(epochs).size).toBe(2)
    expect(valuesOf(records.values()).every((value) => value >= 100)).toBe(true)
  })

  it('starts a tail before the broker is there', async () => {
    await bus.send(topic, [{ key: 'a', value: '1', headers: {} }])
    await kafka.stop()
    const { tail, records, states } = startTail()
    await comes('it is dark', () => tail.state() === 'dark')
    await kafka.start()
    await comes('it is live', () => tail.state() === 'live')
    expect(records.size).toBe(1)
    expect(states).toEqual(['dark', 'catching-up', 'live'])
  })

  it('keeps a group working through the death of the broker', async () => {
    const handled: number[] = []
    const leading: string[] = []
    const member = await newBus().join({
      group: `faults-${crypto.randomUUID()}`,
      topics: [topic],
      leadTopic: topic,
      handler: (record) => {
        handled.push(...valuesOf([record]))
        return Promise.resolve()
      },
      onLead: async (_, signal) => {
        leading.push('began')
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        leading.push('ended')
      },
    })
    await comes('it leads', () => member.leadership.held())
    await bus.send(topic, [{ key: 'a', value: '1', headers: {} }])
    await comes('it works', () => handled.includes(1))
    await kafka.kill('SIGKILL')
    await comes('the fence is shut', () => !member.leadership.held())
    expect(() => member.leadership.assert()).toThrow()
    await comes('it is unhealthy', () => !member.healthy())
    await kafka.start()
    await comes('it leads again', () => member.leadership.held())
    await comes('its work goes on', () => leading.at(-1) === 'began')
    await bus.send(topic, [{ key: 'a', value: '2', headers: {} }])
    await comes('it works again', () => handled.includes(2))
    expect(handled.filter((value) => value === 2)).toHaveLength(1)
  })

  it('lets another process lead within 15 s when the leader is killed', async () => {
    const group = `faults-${crypto.randomUUID()}`
    const script = fileURLToPath(new URL('./fixtures/leader-process.ts', import.meta.url))
    const child = spawn(process.execPath, [script, kafka.brokers, group, topic], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const [line] = await once(createInterface({ input: child.stdout }), 'line')
      expect(line).toBe('leading')
      let began = 0
      const member = await newBus().join({
        group,
        topics: [topic],
        leadTopic: topic,
        handler: () => Promise.resolve(),
        onLead: async (_, signal) => {
          began += 1
          await new Promise((resolve) => signal.addEventListener('abort', resolve))
        },
      })
      await comes('it has joined', () => member.healthy())
      await sleep(3000)
      expect(began).toBe(0)
      child.kill('SIGKILL')
      const killedAt = performance.now()
      await comes('it leads', () => began === 1, 20_000)
      expect(performance.now() - killedAt).toBeLessThan(15_000)
      expect(member.leadership.held()).toBe(true)
    } finally {
      child.kill('SIGKILL')
    }
  })
})
