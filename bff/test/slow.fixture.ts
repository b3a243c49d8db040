import { createServer } from 'node:http'
import type { Socket as TcpSocket } from 'node:net'
import { adapterRoom, cryptoTicker, cryptoTrades } from '@flux/contracts'
import { type Clock, createMetrics } from '@flux/runtime'
import { eventually } from '@flux/testkit'
import { Server, type Socket } from 'socket.io'
import { io as connectIo } from 'socket.io-client'
import { createFanout } from '../src/fanout/fanout.ts'
import { createFanoutMetrics } from '../src/fanout/metrics.ts'
import { refill } from '../src/fanout/refill.ts'
import { createRecordTraces } from '../src/fanout/traces.ts'
import type { Stored } from '../src/state/decode.ts'
import { createRing } from '../src/state/ring.ts'

/** A record as a client was given it: channel, key, offset and text. */
export interface Seen {
  readonly channel: string
  readonly key: string
  readonly offset: number
}

/** The room of all tests of slow clients and of rates. */
export const room = 'crypto.global'

const ringSize = 50

/** A record of a key. */
const entryOf = (key: string, offset: number, text: string): Stored => ({
  ...{ key, room, offset, version: offset, partition: 0, removed: false, sample: undefined },
  ...{ at: 0, producedAt: 0, appendedAt: 0 },
  wire: JSON.stringify({ k: key, o: offset, text }),
})

/** Fan-out with a ring of trades beside it. */
const createFeed = (fanout: ReturnType<typeof createFanout>) => {
  const ring = createRing(ringSize, 0, 0)
  let offset = 0
  const next = () => {
    offset += 1
    return offset
  }
  return {
    ring,
    last: () => offset,
    /** A value of a key; its offset. */
    value: (key: string, text = '') => {
      const entry = entryOf(key, next(), text)
      fanout.add(cryptoTicker, entry)
      return entry.offset
    },
    trade: (text = '') => {
      const entry = entryOf('BTC-USD', next(), text)
      ring.push(entry)
      fanout.add(cryptoTrades, entry)
      return entry.offset
    },
  }
}

const viewsOf = (seen: readonly Seen[]) => ({
  of: (channel: string) => seen.filter((s) => s.channel === channel).map((s) => s.offset),
  newest: () => new Map(seen.map((s) => [`${s.channel} ${s.key}`, s.offset])),
})

/** A client that asks for what is there only when it is told to, and then gets its events. */
const pollingClient = async (base: string) => {
  const open = await (await fetch(base)).text()
  const { sid }: { sid: string } = JSON.parse(open.slice(1))
  const url = `${base}&sid=${sid}`
  await fetch(url, { method: 'POST', body: '40' })
  return async (): Promise<[channel: string, { k: string; o: number }][]> => {
    const packets = (await (await fetch(url)).text()).split('\x1e')
    return packets.filter((p) => p.startsWith('42')).map((p) => JSON.parse(p.slice(2)))
  }
}

/** A server with fan-out on the given clock, its feed, and clients that can be made to read nothing. */
export const serveSlow = async (clock: Clock) => {
  const http = createServer()
  const io = new Server(http, { transports: ['websocket', 'polling'], pingInterval: 600_000 })
  const registry = createMetrics()
  const errors: unknown[] = []
  const closing: (() => unknown)[] = []
  const fanout = createFanout({
    traces: createRecordTraces({ past: () => undefined }, clock),
    ...{ io, clock, tickMs: 1, isPacked: true, slowBytes: 65_536 },
    metrics: createFanoutMetrics(registry),
    maxBacklog: { packets: 1_000, bytes: 1_000_000 },
    missedOf: (_, __, gaps) => refill([feed.ring], gaps),
    hydrateOf: (_, channel, why) => [JSON.stringify({ k: channel, o: feed.last(), why })],
    onError: (error) => errors.push(error),
  })
  const feed = createFeed(fanout)
  fanout.resume()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const address = http.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`

  /** A client in the room, with all that it was sent. `hold` keeps its bytes in the server until `release`. */
  const join = async () => {
    const seen: Seen[] = []
    const connections: TcpSocket[] = []
    const onConnection = (tcp: TcpSocket) => connections.push(tcp)
    http.on('connection', onConnection)
    const client = connectIo(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    })
    closing.push(() => client.close())
    client.onAny((channel: string, { k, o }: { k: string; o: number }) =>
      seen.push({ channel, key: k, offset: o }),
    )
    await new Promise<void>((resolve) => client.once('connect', resolve))
    http.off('connection', onConnection)
    const own = io.of('/').sockets.get(client.id ?? '')
    if (!own) throw new Error('there is no socket')
    await own.join(adapterRoom(room))
    return {
      client,
      seen,
      own,
      hold: () => connections.at(-1)?.cork(),
      release: () => connections.at(-1)?.uncork(),
      ...viewsOf(seen),
    }
  }
  /** The same with a client that polls. */
  const joinPolling = async () => {
    const seen: Seen[] = []
    const connected = new Promise<Socket>((resolve) => io.once('connection', resolve))
    const poll = await pollingClient(`${url}/socket.io/?EIO=4&transport=polling`)
    const own = await connected
    await own.join(adapterRoom(room))
    let [isHeld, isOver] = [false, false]
    const read = async (): Promise<void> => {
      if (isHeld || isOver) return
      for (const [channel, { k, o }] of await poll()) seen.push({ channel, key: k, offset: o })
      return read()
    }
    const release = () => {
      isHeld = false
      read().catch((error: unknown) => isOver || errors.push(error))
    }
    release()
    closing.push(() => {
      isOver = true
    })
    const hold = () => {
      isHeld = true
    }
    return { seen, own, hold, release, ...viewsOf(seen) }
  }
  const metric = async (name: string, labels: Readonly<Record<string, string>> = {}) => {
    const found = await registry.registry.getSingleMetric(name)?.get()
    const matches = (own: Readonly<Record<string, unknown>>) =>
      Object.entries(labels).every(([label, wanted]) => own[label] === wanted)
    return found?.values.find((value) => matches(value.labels))?.value ?? Number.NaN
  }
  const close = async () => {
    for (const end of closing.splice(0)) end()
    fanout.close()
    await io.close()
  }
  return { io, fanout, feed, errors, join, joinPolling, metric, close }
}

/** A server of `serveSlow`. */
export type SlowServer = Awaited<ReturnType<typeof serveSlow>>

/** Waits until a condition holds whose look takes time. */
export const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  let held = false
  const look = () => {
    isSo().then(
      (now) => {
        held = now
      },
      () => undefined,
    )
    return held
  }
  await eventually(what, look)
}
