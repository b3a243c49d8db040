import { createFluxClient, type FluxClient } from '@flux/client'
import { homeRoom } from '@flux/contracts'
import type { Bus } from '@flux/runtime'
import { eventually, testValkey } from '@flux/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { createTopics, openBus, type Replica, startReplica } from './harness.ts'

const room = 'crypto.global'

describe('a user with tabs on two replicas', () => {
  let bus: Bus
  let replicas: [Replica, Replica]
  const closing: (() => unknown)[] = []

  /** Tabs of one browser: they share the guest's token, each with a copy of its own. */
  const browser = () => {
    let token: string | null = null
    const tokens = {
      load: () => token,
      save: (next: string | null) => {
        token = next
      },
    }
    const open = async ({ url }: Replica, rooms: readonly string[] = []): Promise<FluxClient> => {
      const client = createFluxClient({ url, tokens })
      closing.push(() => client.close())
      for (const one of rooms) client.want(one)
      client.connect()
      await eventually('a session', () => client.status().phase === 'live')
      return client
    }
    return open
  }
  const twoTabs = async (rooms: readonly string[] = []) => {
    const open = browser()
    const first = await open(replicas[0], rooms)
    const second = await open(replicas[1], rooms)
    expect(first.status().userId).toBe(second.status().userId)
    return { open, first, second }
  }
  const members = (replica: Replica, name: string) =>
    replica.io.of('/').adapter.rooms.get(name)?.size ?? 0

  beforeAll(async () => {
    bus = openBus(inject('kafkaBrokers'))
    await createTopics(bus)
    const options = { brokers: inject('kafkaBrokers'), valkeyUrl: inject('valkeyUrl') }
    replicas = [await startReplica(options), await startReplica(options)]
    await eventually('ready', () => replicas.every((one) => one.ready().state === 'ready'))
  })

  afterEach(() => {
    for (const close of closing.splice(0)) close()
  })

  afterAll(async () => {
    await Promise.all(replicas?.map((replica) => replica.end()) ?? [])
    await bus?.close()
  })

  it('moves in one tab, and the other is there within 500 ms', async () => {
    const { first, second } = await twoTabs()
    let seenAt = 0
    second.onUser('home', () => {
      if (second.home()?.place.id === 'oslo-no') seenAt ||= performance.now()
    })
    const toldAt = performance.now()
    const answer = await first.setLocation({ city: 'Oslo', country: 'Norway' })
    expect(answer).toMatchObject({
      place: { id: 'oslo-no', name: 'Oslo' },
      room: 'weather.oslo-no',
    })
    expect(first.home()?.room).toBe('weather.oslo-no')
    await eventually('the other tab to be there', () => second.room('weather.oslo-no') === 'live')
    expect(first.room('weather.oslo-no')).toBe('live')
    expect(seenAt - toldAt).toBeLessThan(500)

    await second.setLocation({ lat: 48.85, lon: 2.35 })
    await eventually('the first to follow', () => first.room('weather.paris-fr') === 'live')
    for (const replica of replicas) expect(members(replica, 'weather.oslo-no')).toBe(0)
    for (const replica of replicas) expect(members(replica, 'weather.paris-fr')).toBe(1)
  })

  it('keeps a room that it subscribed to when it moves elsewhere, and leaves it when nobody wants it', async () => {
    const { first } = await twoTabs(['weather.bergen-no'])
    await first.setLocation({ placeId: 'bergen-no' })
    await first.setLocation({ placeId: 'oslo-no' })
    expect(members(replicas[0], 'weather.bergen-no')).toBe(1)
    expect(members(replicas[0], 'weather.oslo-no')).toBe(1)
    first.setUser('home', null)
    await eventually('it to be left', () => members(replicas[0], 'weather.oslo-no') === 0)
  })

  it('is answered, joined and hydrated when it says the same again, and nobody else hears of it', async () => {
    const { first, second } = await twoTabs()
    const heard: unknown[] = []
    replicas[1].io.on('user:home', (message) => heard.push(message))
    for (let i = 0; i < 5; i += 1)
      expect(await first.setLocation({ placeId: 'rome-it' })).toMatchObject({
        room: 'weather.rome-it',
      })
    const before = first.counters().hydrates
    await first.setLocation({ placeId: 'rome-it' })
    await eventually('the hydrate', () => first.counters().hydrates === before + 1)
    await eventually('the other tab', () => second.home()?.place.id === 'rome-it')
    await first.setLocation({ placeId: 'oslo-no' })
    await first.setLocation({ placeId: 'rome-it' })
    await eventually('the way back', () => second.home()?.place.id === 'rome-it')
    await eventually('all', () => second.room('weather.rome-it') === 'live')
    expect(heard).toHaveLength(3)
    const changes =
      await replicas[0].metrics.registry.getSingleMetricAsString('flux_home_changes_total')
    expect(changes).toMatch(/change="repeated"\} [1-9]/)
  })

  it('ends where it moved last, however fast', async () => {
    const { first, second } = await twoTabs()
    for (const id of ['oslo-no', 'rome-it', 'paris-fr', 'madrid-es', 'berlin-de', 'vienna-at'])
      await first.setLocation({ placeId: id })
    await eventually('the other tab to know', () => second.home()?.place.id === 'vienna-at')
    expect(first.home()?.place.id).toBe('vienna-at')
    await eventually(
      'the other tab to be there',
      () => second.room(homeRoom('vienna-at')) === 'live',
    )
  })

  it('is told what may have been meant by a place that is not known', async () => {
    const { first } = await twoTabs()
    const answer = await first.setLocation({ city: 'Osol' })
    expect(answer).toMatchObject({ suggestions: expect.any(Array) })
    const names = 'suggestions' in answer ? answer.suggestions.map(({ name }) => name) : []
    expect(names).toContain('Oslo')
    expect(names.length).toBeLessThanOrEqual(5)
    expect(first.home()).toBeUndefined()
  })

  it('shares units, watchlist and places, the last one wins, and a new tab finds them', async () => {
    const { open, first, second } = await twoTabs()
    first.setUser('units', 'imperial')
    await eventually('the units', () => second.user('units') === 'imperial')
    second.setUser('watchlist', ['AAPL', 'BTC-USD'])
    second.setUser('places', ['oslo-no', 'rome-it'])
    await first.setLocation({ placeId: 'oslo-no' })
    await eventually('the places', () => first.user('places')?.length === 2)
    first.setUser('watchlist', ['MSFT'])
    await eventually('the newer list', () => second.user('watchlist')?.[0] === 'MSFT')
    first.close()
    second.close()
    const later = await open(replicas[1])
    await eventually('its home', () => later.room('weather.oslo-no') === 'live')
    await eventually('all', () => later.user('watchlist')?.[0] === 'MSFT')
    expect([later.user('units'), later.user('places')]).toEqual([
      'imperial',
      ['oslo-no', 'rome-it'],
    ])
    const other = await browser()(replicas[0])
    expect(other.status().userId).not.toBe(later.status().userId)
    expect([other.user('units'), other.home()]).toEqual([undefined, undefined])
  })

  it('knows how many are in a room over all replicas, also who comes later', async () => {
    const { first, second } = await twoTabs([room])
    await eventually('two', () => first.presence(room) === 2 && second.presence(room) === 2)
    const third = await browser()(replicas[1], [room])
    await eventually('three', () =>
      [first, second, third].every((client) => client.presence(room) === 3),
    )
    third.close()
    const fourth = await browser()(replicas[0], [room])
    await eventually('the newcomer to know', () => fourth.presence(room) === 3)
    fourth.close()
    second.close()
    await eventually('one', () => first.presence(room) === 1)
  })

  it('hears the operators wherever it is, and comes back when they end its connections', async () => {
    const { first, second } = await twoTabs([room])
    const stranger = await browser()(replicas[1])
    const operate = async (path: string, body: unknown) => {
      const reply = await replicas[0].operator.get(path)?.(
        new URL('http://internal/'),
        typeof body === 'string' ? body : JSON.stringify(body),
      )
      return { status: reply?.status, ...JSON.parse(reply?.body ?? '{}') }
    }
    const notice = { text: 'Back in a minute', level: 'warning' }
    expect(await operate('/operator/notice', notice)).toMatchObject({
      status: 200,
      replicas: 'all',
    })
    for (const client of [first, second, stranger])
      await eventually('it', () => client.status().notice?.text === notice.text)
    expect(second.status().notice?.level).toBe('warning')
    await operate('/operator/notice', { text: 'Only here', room })
    await eventually('the room', () => second.status().notice?.text === 'Only here')
    await operate('/operator/notice', { text: 'Only you', room: `user.${first.status().userId}` })
    await eventually('the user', () => second.status().notice?.text === 'Only you')
    expect(stranger.status().notice?.text).toBe(notice.text)

    const sessions = () => [first, second, stranger].map((client) => client.counters().sessions)
    const before = sessions()
    const { userId } = first.status()
    expect(await operate('/operator/disconnect', { userId })).toMatchObject({ connectionsHere: 1 })
    const after = before.map((count, index) => count + (index < 2 ? 1 : 0))
    await eventually('both to be back', () => sessions().join() === after.join())

    for (const wrong of ['{', '[]', {}, { text: '' }, { text: 'x', room: 'nonsense' }, { text: 5 }])
      expect(await operate('/operator/notice', wrong)).toMatchObject({ code: 'bad_request' })
    expect(await operate('/operator/notice', { text: 'x', room: 'a' })).toMatchObject({
      faults: [expect.stringContaining('room: is no room')],
    })
    for (const wrong of ['', { userId: 'x' }, { userId, more: 1 }])
      expect(await operate('/operator/disconnect', wrong)).toMatchObject({ status: 400 })
  })

  it('can look for places by HTTP', async () => {
    const reply = await fetch(`${replicas[0].url}/api/v1/places?q=osl&limit=3`)
    expect(await reply.json()).toMatchObject({ places: [{ id: 'oslo-no' }] })
  })

  it('goes on without Valkey between the tabs of a replica, and over replicas when it is back', async () => {
    const valkey = await testValkey()
    closing.push(valkey.close)
    const options = { brokers: inject('kafkaBrokers'), valkeyUrl: valkey.url }
    const pair = [await startReplica(options), await startReplica(options)] as const
    closing.push(...pair.map((replica) => replica.end))
    await eventually('ready', () => pair.every((one) => one.ready().state === 'ready'))
    const open = browser()
    const [first, second, far] = [await open(pair[0]), await open(pair[0]), await open(pair[1])]
    await valkey.stop()
    await first.setLocation({ placeId: 'oslo-no' })
    first.setUser('units', 'imperial')
    await eventually('the other tab', () => second.room('weather.oslo-no') === 'live')
    await eventually('its units', () => second.user('units') === 'imperial')
    expect(far.home()).toBeUndefined()
    await valkey.start()
    await eventually('the way to the others', async () => {
      first.setUser('units', first.user('units') === 'metric' ? 'imperial' : 'metric')
      await new Promise((resolve) => setTimeout(resolve, 200))
      return far.user('units') !== undefined
    })
    // The browser's copy fills it again, and by that every other tab.
    first.reconnectNow()
    await eventually('the far tab', () => far.room('weather.oslo-no') === 'live')
  })
})
