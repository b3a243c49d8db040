import { eventually } from '@flux/testkit'
import { afterEach, expect, inject, it } from 'vitest'
import { type Bus, createKafkaBus, createLog, createMetrics, systemClock } from '../src/index.ts'

const log = createLog({ name: 'metrics', level: 'silent' })
const open: Bus[] = []
afterEach(async () => {
  for (const bus of open.splice(0)) await bus.close()
})

const start = (topic: string) => {
  const metrics = createMetrics()
  const bus = createKafkaBus({
    ...{ brokers: inject('kafkaBrokers').split(','), clientId: 'metrics', log, metrics },
    ...{ clock: systemClock, tailGroupPrefix: `flux-test-${topic}-`, sends: [topic] },
  })
  open.push(bus)
  const metric = async (series: string) => {
    const { body } = await metrics.expose(undefined)
    const line = body.split('\n').find((each) => each.startsWith(`${series} `))
    return line === undefined ? undefined : Number(line.slice(series.length + 1))
  }
  return { bus, metric }
}

it('the bus counts what is sent, how old it is when a live tail has it, and rebalances', async () => {
  const topic = `metrics-${crypto.randomUUID()}`
  const { bus, metric } = start(topic)
  const sent = `flux_bus_records_sent_total{topic="${topic}",outcome="stored"}`
  const age = `flux_tail_record_age_seconds_count{topic="${topic}"}`
  const send = (key: string) => bus.send(topic, [{ key, value: '1', headers: {} }])
  await bus.ensureTopics([
    { topic: 'flux.epoch', partitions: 1, config: {} },
    { topic, partitions: 1, config: {} },
  ])
  expect(await metric(sent)).toBe(0)
  expect([await metric(age), await metric('flux_group_rebalances_total')]).toEqual([
    undefined,
    undefined,
  ])
  await send('old')

  const tail = bus.tail({
    topics: new Map([[topic, { from: 'beginning' }]]),
    onBatch: () => undefined,
    onFloor: () => undefined,
    onEpoch: () => undefined,
    onReset: () => undefined,
    onState: () => undefined,
  })
  expect(await metric(`flux_tail_lag_records{topic="${topic}"}`)).toBe(0)
  await eventually('the tail to be live', () => tail.state() === 'live')
  expect(await metric(age)).toBe(0)
  await send('new')
  await eventually('the new record', async () => (await metric(age)) === 1)
  expect(await metric(sent)).toBe(2)

  await bus.join({ group: topic, topics: [topic], handler: async () => {} })
  await eventually('the group', async () => (await metric('flux_group_rebalances_total')) === 1)
  const other = start(topic)
  await other.bus.join({ group: topic, topics: [topic], handler: async () => {} })
  await eventually('the other member', async () => {
    return ((await metric('flux_group_rebalances_total')) ?? 0) >= 2
  })
})
