import { connect as connectTcp, createServer, Socket } from 'node:net'
import { createFluxClient } from '@flux/client'
import { createMemoryBus, systemClock } from '@flux/runtime'
import { eventually } from '@flux/testkit'
import fc from 'fast-check'
import type { Server } from 'socket.io'
import { expect, it } from 'vitest'
import { memoryBroker, produce, startMemoryReplica, ticker, trade } from './harness.ts'
import { until } from './slow.fixture.ts'

const products = ['BTC-USD', 'ETH-USD', 'SOL-USD'] as const
const rooms = ['crypto.global', ...products.map((product) => `crypto.${product}`)]

/** Far more than it takes: a record that is not here by then is lost. */
const patienceMs = 8_000

/** A TCP proxy that ends a connection after a number of bytes from the server, wherever in a frame that is. */
const cuttingProxy = async (targetPort: number) => {
  const sockets = new Set<Socket>()
  let left = Number.POSITIVE_INFINITY
  let cuts = 0
  const server = createServer((client) => {
    const target = connectTcp(targetPort, '127.0.0.1')
    const end = () => {
      client.destroy()
      target.destroy()
    }
    for (const socket of [client, target]) {
      sockets.add(socket)
      socket.on('error', end)
      socket.on('close', () => {
        sockets.delete(socket)
        end()
      })
    }
    client.pipe(target)
    target.on('data', (bytes) => {
      if (bytes.length < left) {
        left -= bytes.length
        client.write(bytes)
        return
      }
      // What was sent so far arrives; the rest never does.
      client.end(bytes.subarray(0, left))
      left = Number.POSITIVE_INFINITY
      cuts += 1
      target.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    cutAfter: (bytes: number) => {
      left = bytes
    },
    cuts: () => cuts,
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/** A burst of records, and after how many bytes of the stream the connection is cut. */
const step = fc.record({
  cutAfter: fc.integer({ min: 1, max: 4_000 }),
  records: fc.array(fc.record({ product: fc.constantFrom(...products), isTrade: fc.boolean() }), {
    minLength: 1,
    maxLength: 60,
  }),
})

/** Everything that a client was given, checked as it comes. */
const watch = (port: number) => {
  const client = createFluxClient({ url: `http://127.0.0.1:${port}`, random: () => 0 })
  const faults: string[] = []
  const seen = new Map<string, number[]>()
  client.onRecord((channel, { k, v }) => {
    const id = `${channel} ${k}`
    const own = seen.get(id) ?? []
    seen.set(id, own)
    const last = own.at(-1) ?? 0
    if (v <= last) faults.push(`${id}: ${v} came after ${last}`)
    own.push(v)
  })
  for (const room of rooms) client.want(room)
  client.connect()
  return { client, faults, trades: (product: string) => seen.get(`crypto.trades ${product}`) ?? [] }
}

/**
 * Keeps what the server writes in the server's own memory, as a network does that takes nothing; what it has by then is
 * let go at the end.
 */
const holding = (io: Server) => {
  const held = new Set<Socket>()
  const release = () => {
    for (const tcp of held) tcp.uncork()
    held.clear()
  }
  const hold = () => {
    for (const { conn } of io.of('/').sockets.values()) {
      const tcp: unknown = Reflect.get(Reflect.get(conn.transport, 'socket') ?? {}, '_socket')
      if (!(tcp instanceof Socket)) continue
      tcp.cork()
      held.add(tcp)
    }
  }
  return { hold, release }
}

it.each([
  ['live', { isHeld: false, numRuns: 100, cuts: 60 }],
  ['from a mailbox', { isHeld: true, numRuns: 15, cuts: 15 }],
])(
  'a stream that is cut anywhere loses nothing, doubles nothing, and nothing goes backwards: %s',
  async (_, how) => {
    const broker = memoryBroker()
    const replica = await startMemoryReplica(broker, { TICK_MS: '2' })
    const bus = createMemoryBus({ clock: systemClock, broker })
    const proxy = await cuttingProxy(replica.port)
    const { client, faults, trades } = watch(proxy.port)
    const { hold, release } = holding(replica.io)
    const newest = new Map<string, number>()
    const told = new Map(products.map((product) => [product, 0]))
    let sequence = 0
    const isCurrent = () =>
      products.every((product) => {
        const price = client.read('crypto.ticker', product)?.version ?? 0
        return price === (newest.get(product) ?? 0) && trades(product).length === told.get(product)
      })
    const isWhole = () => {
      if (client.status().phase === 'offline') client.reconnectNow()
      return rooms.every((room) => client.room(room) === 'live') && isCurrent()
    }
    const append = async ({
      product,
      isTrade,
    }: {
      product: (typeof products)[number]
      isTrade: boolean
    }) => {
      if (isTrade) {
        const id = (told.get(product) ?? 0) + 1
        told.set(product, id)
        return produce(bus, 'crypto.trades', trade(id, product))
      }
      sequence += 1
      newest.set(product, sequence)
      return produce(bus, 'crypto.ticker', ticker(sequence, product))
    }

    const metric = async (name: string, label: string) => {
      const found = await replica.metrics.registry.getSingleMetric(name)?.get()
      return found?.values.find(({ labels }) => Object.values(labels).includes(label))?.value ?? 0
    }
    /** Gives the client more than is written to it, and less than the rings keep. */
    const fill = async (before: number) => {
      const isSlow = async () => (await metric('flux_mailbox_sockets', 'conflating')) > 0
      for (let i = 0; i < 540; i += 1)
        await append({ product: products[i % 3] ?? 'BTC-USD', isTrade: true })
      await until('it to have a mailbox', async () => {
        await append({ product: 'BTC-USD', isTrade: false })
        return proxy.cuts() > before || (await isSlow())
      })
    }

    await eventually('the first time live', isWhole)
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        for (const { cutAfter, records } of steps) {
          const before = proxy.cuts()
          const isSlow = how.isHeld && isWhole()
          if (isSlow) {
            hold()
            await fill(before)
          }
          proxy.cutAfter(isSlow ? 30 * cutAfter : cutAfter)
          for (const record of records) await append(record)
          release()
          // The next cut may hit the way back: the handshake, a hydrate, or what came meanwhile.
          await eventually(
            'the cut, or all of it',
            () => proxy.cuts() > before || isWhole(),
            patienceMs,
          )
        }
        proxy.cutAfter(Number.POSITIVE_INFINITY)
        await eventually('the truth', isWhole, patienceMs)
        expect(faults).toEqual([])
        for (const product of products) {
          const count = told.get(product) ?? 0
          expect(trades(product)).toEqual(Array.from({ length: count }, (_, i) => i + 1))
        }
      }),
      { numRuns: how.numRuns, endOnFailure: true },
    )
    expect(proxy.cuts()).toBeGreaterThan(how.cuts)
    const recovered = await metric('flux_mailbox_resynced_channels_total', 'recovered')
    expect(recovered > 15).toBe(how.isHeld)
    expect(client.counters().outcomes.reset).toBe(0)
    client.close()
    proxy.close()
    await replica.end()
    await bus.close()
  },
  40_000,
)
