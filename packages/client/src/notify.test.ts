import { describe, expect, it } from 'vitest'
import { createNotifier } from './notify.ts'
import { settled } from './testing/fake-socket.ts'
import { createLive, entry, room } from './testing/parts.ts'

describe('listeners', () => {
  it('are told once per flush, each of its own, and read what is stable', async () => {
    const { client, server } = await createLive()
    const told: string[] = []
    client.onKey('crypto.ticker', 'BTC-USD', () => told.push('btc'))
    client.onKey('crypto.ticker', 'ETH-USD', () => told.push('eth'))
    const stop = client.onKeys('crypto.ticker', () => told.push('keys'))
    const before = client.read('crypto.ticker', 'BTC-USD')
    server.socket().tell('crypto.ticker', entry(2))
    server.socket().tell('crypto.ticker', entry(3))
    expect(told).toEqual([])
    await settled()
    expect(told).toEqual(['btc'])
    const now = client.read('crypto.ticker', 'BTC-USD')
    expect(now).not.toBe(before)
    expect(client.read('crypto.ticker', 'BTC-USD')).toBe(now)
    expect(client.keys('crypto.ticker')).toBe(client.keys('crypto.ticker'))
    server.socket().tell('crypto.ticker', entry(4, { k: 'ETH-USD' }))
    await settled()
    expect(told.sort()).toEqual(['btc', 'eth', 'keys'])
    stop()
    server.socket().tell('crypto.ticker', entry(5, { k: 'SOL-USD' }))
    await settled()
    expect(told).toHaveLength(3)
  })

  it('hear of any number of changes with one flush, and none keeps another from hearing', () => {
    const flushes: (() => void)[] = []
    const notifier = createNotifier((flush) => flushes.push(flush))
    const told: string[] = []
    notifier.on('a', () => {
      throw new Error('A bug of the listener')
    })
    notifier.on('a', () => told.push('a'))
    notifier.on('b', () => told.push('b'))
    for (const one of ['a', 'b', 'a', 'nobody']) notifier.changed(one)
    expect(flushes).toHaveLength(1)
    expect(() => flushes[0]?.()).toThrow(AggregateError)
    expect(told).toEqual(['a', 'b'])
  })

  it('of records are told at once, of accepted ones alone, in order', async () => {
    const { client, server } = await createLive()
    const told: unknown[] = []
    client.onRecord((channel, record, how) => told.push([channel, record.p[1], how]))
    for (const offset of [2, 2, 1, 3]) server.socket().tell('crypto.ticker', entry(offset))
    expect(told).toEqual([
      ['crypto.ticker', 2, 'live'],
      ['crypto.ticker', 3, 'live'],
    ])
    expect(client.counters()).toMatchObject({ accepted: 3, duplicateDropped: 2 })
  })

  it('of a room are told when it begins and ceases to be current', async () => {
    const { client, server } = await createLive()
    const told: string[] = []
    client.onRoom(room, () => told.push(client.room(room)))
    server.socket().tell('disconnect')
    await settled()
    expect(told).toEqual(['waiting'])
  })
})
