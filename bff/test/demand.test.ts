import { fetchWeather } from '@flux/contracts'
import type { Bus } from '@flux/runtime'
import { type Checker, eventually, openChecker, testKafka, testValkey } from '@flux/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTopics, openBus, type Replica, startReplica } from './harness.ts'

describe('demand of two replicas on real Kafka and Valkey', () => {
  let kafka: Awaited<ReturnType<typeof testKafka>>
  let valkey: Awaited<ReturnType<typeof testValkey>>
  let bus: Bus
  let replicas: Replica[] = []
  let checkers: Checker[] = []

  const start = async () => {
    const options = { brokers: kafka.brokers, valkeyUrl: valkey.url }
    replicas = await Promise.all([startReplica(options), startReplica(options)])
    await eventually('both to be ready', () => replicas.every((r) => r.ready().state === 'ready'))
  }
  /** Clients that all want the place, on both replicas in turn. */
  const crowd = async (place: string, count: number) => {
    const room = `weather.${place}`
    const own = Array.from({ length: count }, (_, n) =>
      openChecker(replicas[n % replicas.length]?.url ?? '', [room]),
    )
    checkers.push(...own)
    await eventually('all to be in', () => own.every((c) => c.client.room(room) === 'live'))
  }
  const commandsFor = async (place: string) =>
    (await bus.read(fetchWeather.topic))
      .filter((record) => record.key === place)
      .map((record) => fetchWeather.schema.parse(JSON.parse(record.value?.toString() ?? '')))
  const suppressed = async () => {
    const texts = await Promise.all(replicas.map((r) => r.metrics.registry.metrics()))
    const line = /flux_demand_suppressed_total\{command="weather.fetch",why="window"\} (\d+)/
    return texts.reduce((sum, text) => sum + Number(line.exec(text)?.[1]), 0)
  }

  beforeAll(async () => {
    ;[kafka, valkey] = await Promise.all([testKafka(), testValkey()])
    bus = openBus(kafka.brokers)
    await createTopics(bus)
  })

  afterEach(async () => {
    for (const checker of checkers) checker.close()
    checkers = []
    await Promise.all(replicas.map((replica) => replica.end()))
    replicas = []
  })

  afterAll(async () => {
    await bus?.close()
    await Promise.all([kafka?.close(), valkey?.close()])
  })

  it('sends one command in the first window, however many join at once', async () => {
    await start()
    const startedAt = Date.now()
    await crowd('oslo-no', 50)
    // The other replica has been told that the window is taken, so nothing is on its way any more.
    await eventually('the loser to know', async () => (await suppressed()) === 1)
    const sent = await commandsFor('oslo-no')
    expect(Date.now() - startedAt).toBeLessThan(15_000)
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ reason: 'missing', body: { placeId: 'oslo-no' } })
  })

  it('decides alone while Valkey is away from the start, and uses it again when it is back', async () => {
    await valkey.kill('SIGKILL')
    await start()
    const startedAt = Date.now()
    await crowd('bergen-no', 20)
    await eventually('both to have asked', async () => (await commandsFor('bergen-no')).length > 1)
    expect((await commandsFor('bergen-no')).length).toBe(2)
    expect(Date.now() - startedAt).toBeLessThan(15_000)
    await valkey.start()
    let tries = 0
    // Each try is a place of its own: the first ones may come before the connections are up again.
    await eventually('the windows to be shared again', async () => {
      tries += 1
      const place = `town-${'x'.repeat(tries)}`
      const before = await suppressed()
      await crowd(place, 2)
      await eventually(
        'both to have decided',
        async () => (await commandsFor(place)).length + (await suppressed()) - before >= 2,
      )
      return (await commandsFor(place)).length === 1
    })
  })
})
