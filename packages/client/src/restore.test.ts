import { describe, expect, it } from 'vitest'
import { createLive, createParts, entry, hydrate, room } from './testing/parts.ts'

const at = 1_700_000_000_000
const hour = 3_600_000

const kept = (fields: object = {}) => ({
  ...{ channel: 'crypto.ticker', key: 'BTC-USD', value: { price: 7 }, at: at - 60_000 },
  simulated: true,
  ...fields,
})

const start = async (values = [kept()]) => {
  const parts = createParts()
  parts.client.want(room)
  parts.client.restore(values)
  parts.client.connect()
  const price = (key = 'BTC-USD') => parts.client.read('crypto.ticker', key)?.value.price
  return { ...parts, price }
}

describe('values of an earlier visit', () => {
  it('are read with the time of their fact, before there is a connection', async () => {
    const { client } = await start()
    expect(client.read('crypto.ticker', 'BTC-USD')).toMatchObject({
      ...{ value: { price: 7 }, at: at - 60_000, simulated: true },
    })
    expect(client.keys('crypto.ticker')).toEqual(['BTC-USD'])
    expect(client.cursor()).toEqual({})
    expect(client.counters().accepted).toBe(0)
  })

  it('stay through the beginning of a session, and ask the server for everything', async () => {
    const { server, begin, price } = await start()
    await begin()
    expect(price()).toBe(7)
    expect(server.socket().sent[0]?.payload).toEqual({ rooms: [room], rev: 1 })
  })

  it("give way to their room's content, with what the server no longer has", async () => {
    const { client, server, begin, price } = await start([kept(), kept({ key: 'OLD-USD' })])
    await begin()
    server.socket().tell('hydrate', hydrate([entry(1, { v: 0, t: at - hour })]))
    expect(price()).toBe(1)
    expect(client.keys('crypto.ticker')).toEqual(['BTC-USD'])
  })

  it('stay where the server has nothing yet, until the first record', async () => {
    const { client, server, begin, price } = await start()
    await begin()
    server.socket().tell('hydrate', hydrate([]))
    expect(client.status().phase).toBe('live')
    expect(price()).toBe(7)
    server.socket().tell('crypto.ticker', entry(0, { v: 0, t: 0 }))
    expect(price()).toBe(0)
  })

  it('never take the place of what has come, nor bring back what has gone', async () => {
    const { client, server } = await createLive()
    client.restore([kept(), kept({ key: 'OLD-USD' })])
    expect(client.read('crypto.ticker', 'BTC-USD')?.value.price).toBe(1)
    expect(client.keys('crypto.ticker')).toEqual(['BTC-USD'])
    server.socket().tell('disconnect', 'transport close')
    client.restore([kept({ key: 'OLD-USD' })])
    expect(client.keys('crypto.ticker')).toEqual(['BTC-USD'])
  })

  it('are left out when too old, unknown, ordered or born on a replica', async () => {
    const { client } = await start([
      kept({ at: at - 25 * hour }),
      kept({ channel: 'no.channel' }),
      kept({ channel: 'crypto.trades' }),
      kept({ channel: 'platform.stats', key: 'bff-1' }),
    ])
    for (const channel of ['crypto.ticker', 'crypto.trades', 'platform.stats'] as const)
      expect(client.keys(channel)).toEqual([])
  })

  it('tell who listens to their key', async () => {
    const { client } = createParts()
    const told = new Promise<void>((resolve) => client.onKey('crypto.ticker', 'BTC-USD', resolve))
    client.restore([kept()])
    await told
  })
})
