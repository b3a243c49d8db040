import { deadLetterTopic, decodeMeta, platformCanary, topics } from '@flux/contracts'
import {
  createMemoryBroker,
  createMemoryBus,
  createMemoryCache,
  launchService,
} from '@flux/runtime'
import { manualClock, testHost } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { startCanary } from '../src/canary.ts'

const openWorld = async () => {
  const clock = manualClock()
  const broker = createMemoryBroker({ clock })
  const observer = createMemoryBus({ clock, broker })
  await observer.ensureTopics(topics)
  const cache = createMemoryCache({ clock })

  const start = async (identity: string) => {
    const bus = createMemoryBus({ clock, broker })
    const host = testHost({ clock, identity })
    await launchService({ name: 'canary-service', settings: {}, start: startCanary }, host, () => ({
      ...{ bus, cache },
    }))
    const stop = async () => {
      host.signal('SIGTERM')
      await clock.advance(20_000)
      return await host.exited
    }
    return { bus, host, stop }
  }
  const canaries = async () =>
    (await observer.read(platformCanary.topic)).map(({ value, timestamp, headers }) => ({
      ...platformCanary.schema.parse(JSON.parse(String(value))),
      timestamp,
      version: decodeMeta(headers)?.version,
    }))
  return { clock, observer, start, canaries }
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

describe('the canary', () => {
  it('is sent once a second by one replica, numbered, and does not drift', async () => {
    const { clock, start, canaries, observer } = await openWorld()
    const replicas = [await start('a'), await start('b')]
    await clock.advance(20_000)
    // An answer of the log that is late must not move the later ones.
    for (const { bus } of replicas) bus.cut()
    await clock.advance(1_300)
    for (const { bus } of replicas) bus.heal()
    await clock.advance(40_000)
    const list = await canaries()
    expect(list.length).toBeGreaterThan(50)
    expect(list.map(({ seq }) => seq)).toEqual(upTo(list.length))
    expect(list.map(({ version }) => version)).toEqual(upTo(list.length))
    const first = list[0]?.sentAt ?? 0
    for (const { sentAt } of list) expect((sentAt - first + 5) % 1_000).toBeLessThan(10)
    expect(await observer.read(deadLetterTopic)).toEqual([])
    for (const { stop } of replicas) expect(await stop()).toBe(0)
  })

  it('goes on where the last leader ended', async () => {
    const { clock, start, canaries } = await openWorld()
    const one = await start('a')
    await clock.advance(10_000)
    expect(await one.stop()).toBe(0)
    const before = (await canaries()).length
    expect(before).toBeGreaterThan(5)
    const two = await start('b')
    await clock.advance(20_000)
    const list = await canaries()
    expect(list.length).toBeGreaterThan(before + 5)
    expect(list.map(({ seq }) => seq)).toEqual(upTo(list.length))
    await two.stop()
  })

  it('leaves no number out when the log was away', async () => {
    const { clock, start, canaries } = await openWorld()
    const replica = await start('a')
    await clock.advance(10_000)
    replica.bus.cut()
    await clock.advance(30_000)
    const before = (await canaries()).length
    replica.bus.heal()
    await clock.advance(30_000)
    const list = await canaries()
    expect(list.length).toBeGreaterThan(before + 10)
    // What was sent without an answer may be in the log twice: readers drop a number that they have.
    expect([...new Set(list.map(({ seq }) => seq))]).toEqual(upTo(list.at(-1)?.seq ?? 0))
    expect(replica.host.exits()).toEqual([])
    await replica.stop()
  })
})
