import { channelByName, clientEvent, type HydrateMessage, topics } from '@flux/contracts'
import { createMemoryBus, type MemoryBroker, systemClock } from '@flux/runtime'
import { eventually, openChecker } from '@flux/testkit'
import { io as connectIo, type Socket } from 'socket.io-client'
import { afterEach, describe, expect, it } from 'vitest'
import {
  memoryBroker,
  produce,
  type Replica,
  startMemoryReplica,
  ticker,
  trade,
} from './harness.ts'

const room = 'crypto.global'

describe('the gateway of a replica', () => {
  const closing: (() => unknown)[] = []
  const later = (close: () => unknown) => closing.push(close)

  const start = async (broker: MemoryBroker, env?: Readonly<Record<string, string>>) => {
    const replica = await startMemoryReplica(broker, env)
    later(replica.end)
    return replica
  }
  const busOn = (broker: MemoryBroker) => createMemoryBus({ clock: systemClock, broker })
  const ready = (replica: Replica) => eventually('ready', () => replica.ready().state === 'ready')
  const check = (replica: Replica, rooms: readonly string[]) => {
    const checker = openChecker(replica.url, rooms)
    later(checker.close)
    return checker
  }
  /** A bare client with the hydrates that it was sent. */
  const connect = async (replica: Replica) => {
    const hydrates: HydrateMessage[] = []
    const socket: Socket = connectIo(replica.url, {
      ...{ transports: ['websocket'], forceNew: true, reconnection: false },
    })
    later(() => socket.close())
    socket.on('hydrate', (message: HydrateMessage) => hydrates.push(message))
    await new Promise<void>((resolve) => socket.once('connect', resolve))
    const subscribe = (message: object): Promise<unknown> =>
      socket.emitWithAck(clientEvent.subscribe, message)
    return { socket, hydrates, subscribe }
  }
  const raw = async (replica: Replica) => {
    const socket = new WebSocket(
      `${replica.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
    )
    later(() => socket.close())
    const messages: string[] = []
    socket.addEventListener('message', ({ data }) => messages.push(String(data)))
    await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
    return { socket, messages }
  }

  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
  })

  it('says busy as long as it does not know the log: no cursor can be judged', async () => {
    const broker = memoryBroker()
    broker.goAway()
    const replica = await start(broker)
    const { subscribe, hydrates } = await connect(replica)
    const cursor = { [room]: { 'crypto.ticker': { 0: 1_000 } } }
    const message = { rooms: [room], cursor, epoch: 'another log', rev: 1 }
    expect(await subscribe(message)).toMatchObject({ code: 'busy', retryAfterMs: 1_000 })
    broker.comeBack()
    await ready(replica)
    expect(await subscribe(message)).toMatchObject({ ok: true, rooms: [room] })
    await eventually('the hydrate', () => hydrates.length === 1)
    expect(hydrates[0]?.channels['crypto.ticker']?.outcome).toBe('reset')
    expect(hydrates[0]?.epoch).toBe(broker.epoch())
  })

  it('empties its clients when a topic is made anew, though nothing is in it', async () => {
    const broker = memoryBroker()
    const replica = await start(broker)
    await ready(replica)
    await produce(busOn(broker), 'crypto.ticker', ticker(1))
    const { client } = check(replica, [room])
    await eventually('the value', () => client.read('crypto.ticker', 'BTC-USD') !== undefined)
    broker.recreate(channelByName('crypto.ticker')?.topic ?? '')
    await eventually('it to be gone', () => client.read('crypto.ticker', 'BTC-USD') === undefined)
    expect(client.counters().outcomes.reset).toBeGreaterThan(0)
  })

  it('resets who brings a cursor of a log that is lost while the cursor is being compared', async () => {
    const broker = memoryBroker()
    const replica = await start(broker)
    await ready(replica)
    const bus = busOn(broker)
    for (let i = 1; i < 5; i += 1) await produce(bus, 'crypto.ticker', ticker(i))
    const { subscribe, hydrates } = await connect(replica)
    const topic = channelByName('crypto.ticker')?.topic ?? ''
    const partition = broker.ends(topic).findIndex(({ high }) => high > 0)
    // Beyond the end, so that the comparison waits for a fresh answer of the broker.
    const cursor = { [room]: { 'crypto.ticker': { [partition]: 100 } } }
    const answer = subscribe({ rooms: [room], cursor, epoch: broker.epoch(), rev: 1 })
    // Answered at once, behind the message that is being worked on.
    expect(await subscribe({})).toMatchObject({ code: 'bad_request' })
    broker.wipe()
    broker.ensure(topics)
    for (let i = 1; i < 200; i += 1) await produce(bus, 'crypto.ticker', ticker(i))
    expect(await answer).toMatchObject({ ok: true })
    await eventually('the hydrate', () => hydrates.some((h) => h.last))
    const hydrate = hydrates[0]?.channels['crypto.ticker']
    expect(hydrate?.outcome).toBe('reset')
    expect(hydrate?.entries).toHaveLength(1)
  })

  it('never crosses a hole in an ordered channel without a word, for clients that are here too', async () => {
    const broker = memoryBroker()
    const replica = await start(broker)
    await ready(replica)
    const bus = busOn(broker)
    const { client } = check(replica, ['crypto.BTC-USD'])
    await produce(bus, 'crypto.trades', trade(1))
    await eventually('the first', () => client.read('crypto.trades', 'BTC-USD')?.version === 1)
    const topic = channelByName('crypto.trades')?.topic ?? ''
    const partition = broker.ends(topic).findIndex(({ high }) => high > 0)
    // Two records come and are deleted before the tail has seen them.
    for (const n of [2, 3]) {
      const value = trade(n)
      void produce(
        { send: (to, records) => Promise.resolve(broker.append(to, records)) },
        'crypto.trades',
        value,
      )
    }
    broker.trim(topic, partition, 3)
    await produce(bus, 'crypto.trades', trade(4))
    await eventually('the last', () => client.read('crypto.trades', 'BTC-USD')?.version === 4)
    await eventually('a word about it', () => client.counters().outcomes.snapshot > 1)
    expect(client.records('crypto.trades', 'BTC-USD').map((r) => r.version)).toEqual([4])
  })

  it('lets a connection have one session only: the next would begin with fresh limits', async () => {
    const replica = await start(memoryBroker())
    const { socket, messages } = await raw(replica)
    let closed = false
    socket.addEventListener('close', () => {
      closed = true
    })
    socket.send('40')
    await eventually('the session', () => messages.some((m) => m.includes('session:init')))
    socket.send('41')
    await eventually('the end of the connection', () => closed)
  })

  it('lets a connection have one attempt only', async () => {
    const replica = await start(memoryBroker())
    const { socket, messages } = await raw(replica)
    let closed = false
    socket.addEventListener('close', () => {
      closed = true
    })
    socket.send('40{"token":"forged"}')
    await eventually('the end of the connection', () => closed)
    expect(messages.some((m) => m.startsWith('44') && m.includes('retryAsGuest'))).toBe(true)
  })

  it('does not let in who was on the way in when the drain began', async () => {
    const replica = await start(memoryBroker())
    const { socket, messages } = await raw(replica)
    let closed = false
    socket.addEventListener('close', () => {
      closed = true
    })
    await replica.drain()
    socket.send('40')
    await eventually('the end of the connection', () => closed)
    expect(messages.some((m) => m.includes('session:init'))).toBe(false)
  })

  it('gives up the count of an address with its connections, however they end', async () => {
    const replica = await start(memoryBroker(), { MAX_CONNECTIONS_PER_ADDRESS: '2' })
    for (let round = 0; round < 3; round += 1) {
      const [first, second] = await Promise.all([raw(replica), connect(replica)])
      await eventually('both', () => replica.io.engine.clientsCount === 2)
      const third = connectIo(replica.url, {
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
      })
      const refused = await new Promise((resolve) => third.once('connect_error', resolve))
      expect(refused).toBeInstanceOf(Error)
      first.socket.send('rubbish')
      for (const own of replica.io.of('/').sockets.values()) own.conn.close(true)
      first.socket.close()
      second.socket.close()
      await eventually('none', () => replica.io.engine.clientsCount === 0)
    }
  })

  it('keeps nothing of the request that opened a connection', async () => {
    const replica = await start(memoryBroker())
    const requests: object[] = []
    replica.io.engine.on('connection', ({ request }: { request: object }) => requests.push(request))
    await connect(replica)
    expect(requests.map((request) => Reflect.ownKeys(request))).toEqual([[]])
  })

  it('makes who joins rooms again and again with an empty cursor wait', async () => {
    const replica = await start(memoryBroker(), {
      COLD_HYDRATES_PER_MINUTE: '2',
      EVENT_BURST: '1000',
    })
    await ready(replica)
    const { subscribe } = await connect(replica)
    const codes: unknown[] = []
    for (let rev = 0; rev < 8; rev += 2) {
      codes.push(
        await subscribe({ rooms: [room], cursor: { [room]: { 'crypto.ticker': {} } }, rev }),
      )
      await subscribe({ rooms: [], rev: rev + 1 })
    }
    expect(codes.slice(0, 2)).toMatchObject([{ ok: true }, { ok: true }])
    expect(codes.slice(2)).toMatchObject(Array(2).fill({ code: 'rate_limited' }))
  })

  it('joins 32 rooms at once without a warning of Node', async () => {
    const warnings: string[] = []
    const note = (warning: Error) => warnings.push(warning.name)
    process.on('warning', note)
    later(() => process.off('warning', note))
    const replica = await start(memoryBroker())
    await ready(replica)
    const { subscribe, hydrates } = await connect(replica)
    const rooms = Array.from({ length: 32 }, (_, i) => `crypto.P${i}-USD`)
    expect(await subscribe({ rooms, rev: 1 })).toMatchObject({ ok: true })
    await eventually('all hydrates', () => hydrates.length === 32)
    expect(warnings).toEqual([])
  })
})

describe('a drain', () => {
  it('sends everybody away, lets nobody in, delivers meanwhile, and its clients come back by themselves', async () => {
    const broker = memoryBroker()
    const replica = await startMemoryReplica(broker, { DRAIN_MS: '400' })
    const bus = createMemoryBus({ clock: systemClock, broker })
    await eventually('ready', () => replica.ready().state === 'ready')
    const checkers = Array.from({ length: 10 }, () => openChecker(replica.url, ['crypto.BTC-USD']))
    await eventually('live', () =>
      checkers.every(({ client }) => client.room('crypto.BTC-USD') === 'live'),
    )
    const stayer = connectIo(replica.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    })
    const reasons: string[] = []
    stayer.on('disconnect', (reason) => reasons.push(reason))
    await new Promise<void>((resolve) => stayer.once('connect', resolve))

    const drained = replica.drain()
    expect(replica.ready().state).toBe('not_ready')
    for (let n = 1; n <= 20; n += 1) await produce(bus, 'crypto.trades', trade(n))
    await drained
    expect(replica.io.of('/').sockets.size).toBe(0)
    await eventually('the one that stayed to be told', () => reasons.length === 1)
    // "io server disconnect" would keep it away for good.
    expect(reasons).toEqual(['transport close'])
    const late = connectIo(replica.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    })
    await new Promise((resolve) => late.once('connect_error', resolve))
    late.close()

    const next = await startMemoryReplica(broker, { PORT: String(replica.port) }).catch(
      () => undefined,
    )
    expect(next).toBeUndefined()
    await replica.end()
    const successor = await startMemoryReplica(broker, { PORT: String(replica.port) })
    await eventually('all to be live again', () =>
      checkers.every(({ client }) => client.status().phase === 'live'),
    )
    for (const checker of checkers) {
      expect(checker.faults()).toEqual([])
      await eventually('every trade', () => checker.trades('BTC-USD').length === 20)
      checker.close()
    }
    await successor.end()
    await bus.close()
  })
})
