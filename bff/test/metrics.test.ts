import { createMemoryBus, systemClock } from '@flux/runtime'
import { eventually, openChecker } from '@flux/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { memoryBroker, produce, startMemoryReplica, ticker, trade } from './harness.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const start = async (env?: Readonly<Record<string, string>>) => {
  const broker = memoryBroker()
  const replica = await startMemoryReplica(broker, env)
  closing.push(replica.end)
  const bus = createMemoryBus({ clock: systemClock, broker })
  closing.push(() => bus.close())
  await eventually('the tail to be live', () => replica.ready().state === 'ready')
  const text = async () => (await replica.metrics.expose(undefined)).body
  /** The value of one series, as its name and labels stand in the text. */
  const metric = async (series: string) => {
    const line = (await text()).split('\n').find((each) => each.startsWith(`${series} `))
    return line === undefined ? undefined : Number(line.slice(series.length + 1))
  }
  const checker = (rooms: readonly string[]) => {
    const made = openChecker(replica.url, rooms)
    closing.push(made.close)
    return made
  }
  return { replica, bus, text, metric, checker }
}

describe('the metrics of a replica', () => {
  it('follow a client from its handshake to its leaving', async () => {
    const { bus, metric, checker } = await start()
    await produce(bus, 'crypto.ticker', ticker(1))
    const client = checker(['crypto.global'])
    await eventually('the room', () => client.client.room('crypto.global') === 'live')
    expect(await metric('flux_handshake_seconds_count')).toBe(1)
    expect(await metric('flux_hydrate_seconds_count')).toBe(1)
    expect(await metric('flux_rooms{domain="crypto"}')).toBe(1)
    expect(await metric('flux_channel_rooms{channel="crypto.ticker",state="fresh"}')).toBe(1)
    expect(await metric('flux_channel_rooms{channel="crypto.movers",state="missing"}')).toBe(1)
    expect(await metric('flux_channel_rooms{channel="crypto.trades",state="missing"}')).toBe(0)

    await produce(bus, 'crypto.ticker', ticker(2))
    await produce(bus, 'crypto.trades', trade(1))
    const events = 'flux_fanout_events_total{channel="crypto.ticker"}'
    await eventually('the event', async () => (await metric(events)) === 1)
    expect(await metric('flux_fanout_events_total{channel="crypto.trades"}')).toBe(0)
    const newest = await metric('flux_channel_newest_timestamp_seconds{channel="crypto.ticker"}')
    expect(Math.abs((newest ?? 0) - Date.now() / 1_000)).toBeLessThan(60)

    client.close()
    const left = 'flux_disconnections_total{reason="client namespace disconnect"}'
    await eventually('it to be gone', async () => (await metric(left)) === 1)
    expect(await metric('flux_rooms{domain="crypto"}')).toBe(0)
    expect(await metric('flux_channel_rooms{channel="crypto.ticker",state="fresh"}')).toBe(0)
  })

  it('tell canaries that came, and those that did not, without any client', async () => {
    const { bus, metric } = await start()
    const canary = (seq: number) =>
      produce(bus, 'platform.canary', { seq, sentAt: systemClock.now() })
    for (const seq of [1, 2, 5]) await canary(seq)
    const received = 'flux_canary_records_total{outcome="received"}'
    await eventually('the last one', async () => (await metric(received)) === 3)
    expect(await metric('flux_canary_records_total{outcome="missing"}')).toBe(2)
    expect(await metric('flux_canary_latency_seconds_bucket{le="5"}')).toBe(3)
    expect(await metric('flux_fanout_events_total{channel="platform.canary"}')).toBe(0)
    expect(await metric('flux_rooms{domain="platform"}')).toBe(0)
  })

  it('show what the tail does and that the replica drains', async () => {
    const { replica, metric } = await start()
    expect(await metric('flux_tail_state{state="live"}')).toBe(1)
    expect(await metric('flux_tail_state{state="catching-up"}')).toBe(0)
    expect(await metric('flux_draining')).toBe(0)
    await replica.drain()
    expect(await metric('flux_draining')).toBe(1)
  })

  it('count the answers of the public HTTP by route and class, whatever is asked for', async () => {
    const { replica, text, metric } = await start()
    const get = (path: string) => fetch(`${replica.url}${path}`).then((reply) => reply.text())
    await get('/api/v1/channels/crypto.ticker')
    await get('/api/v1/channels/nothing')
    await get('/favicon.ico')
    const route = '/api/v1/channels/:name'
    await eventually('all of them', async () => {
      return (await metric('flux_http_requests_total{route="other",code="4xx"}')) === 1
    })
    expect(await metric(`flux_http_requests_total{route="${route}",code="2xx"}`)).toBe(1)
    expect(await metric(`flux_http_requests_total{route="${route}",code="4xx"}`)).toBe(1)
    expect(await metric(`flux_http_request_seconds_count{route="${route}"}`)).toBe(2)
    expect(await text()).not.toContain('favicon')
  })
})

describe('the log of a replica', () => {
  it('holds no address of a client', async () => {
    const { replica, checker } = await start({ MAX_CONNECTIONS_PER_ADDRESS: '1' })
    const client = checker(['crypto.global'])
    await eventually('the room', () => client.client.room('crypto.global') === 'live')
    const refused = openChecker(replica.url, ['crypto.global'])
    closing.push(refused.close)
    await fetch(`${replica.url}/api/v1/places?q=`, {
      headers: { 'x-forwarded-for': '203.0.113.9' },
    })
    await replica.drain()
    expect(replica.logged.length).toBeGreaterThan(1)
    expect(replica.logged.join('')).not.toMatch(/\b\d{1,3}(\.\d{1,3}){3}\b|::1|::ffff/)
  })
})
