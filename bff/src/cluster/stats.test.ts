import { EventEmitter } from 'node:events'
import { entry, type platformStats, statsPeriodMs, type ValueOf } from '@flux/contracts'
import { manualClock } from '@flux/testkit'
import { Server } from 'socket.io'
import { describe, expect, it } from 'vitest'
import { createStats } from './stats.ts'

type Stats = ValueOf<typeof platformStats>

const of = (replica: string, part: Partial<Stats> = {}): Stats => ({
  ...{ replica, tail: 'live', draining: false, sockets: 1, rooms: 1 },
  ...{ recordsPerSecond: 0, deliveriesPerSecond: 0, at: 1 },
  ...part,
})

const table = () => {
  const clock = manualClock()
  const io = new Server()
  const born: string[] = []
  const stats = createStats({
    ...{ io, clock, replica: 'own', shared: false },
    fanout: { addBorn: (room, _channel, key) => born.push(`${room} ${key}`) },
    collect: () => of('own', { at: clock.now() }),
    rooms: () => new Map([['crypto.global', 1]]),
  })
  /** What the adapter does when another replica has told something. */
  const hear = (message: unknown) => EventEmitter.prototype.emit.call(io.of('/'), 'stats', message)
  const keys = () =>
    [...(stats.bornIn('platform.global').get('platform.stats') ?? [])].map(
      (wire) => entry.parse(JSON.parse(wire)).k,
    )
  return { clock, stats, born, hear, keys }
}

describe('the table of replicas', () => {
  it('holds the own row and those of others, and loses who is silent for three periods', async () => {
    const { clock, stats, born, hear, keys } = table()
    hear({ seq: 1, value: of('other') })
    await clock.advance(statsPeriodMs)
    expect(new Set(keys())).toEqual(new Set(['own', 'other']))
    expect(born).toEqual(['platform.global other', 'platform.global own'])
    await clock.advance(2 * statsPeriodMs)
    expect(keys()).toEqual(['own'])
    expect(stats.bornIn('crypto.global').size).toBe(0)
    stats.stop()
    await clock.advance(3 * statsPeriodMs)
    expect(keys()).toEqual([])
    expect(clock.pending()).toBe(0)
  })

  it('knows a live peer by what it said last and not too long ago', async () => {
    const { clock, stats, hear } = table()
    await clock.advance(statsPeriodMs)
    expect(stats.hasLivePeer()).toBe(false)
    hear({ seq: 1, value: of('other') })
    expect(stats.hasLivePeer()).toBe(true)
    hear({ seq: 2, value: of('other', { tail: 'dark' }) })
    expect(stats.hasLivePeer()).toBe(false)
    hear({ seq: 3, value: of('other') })
    await clock.advance(3 * statsPeriodMs)
    expect(stats.hasLivePeer()).toBe(false)
  })

  it('does not send anybody to a peer that sends its own clients away', () => {
    const { stats, hear } = table()
    hear({ seq: 1, value: of('other', { draining: true }) })
    expect(stats.hasLivePeer()).toBe(false)
  })

  it('knows who is where on other replicas, as long as they are heard', async () => {
    const { clock, stats, hear } = table()
    await clock.advance(statsPeriodMs)
    hear({ seq: 1, value: of('other'), rooms: { 'crypto.global': 7 } })
    hear({ seq: 1, value: of('old') })
    expect(stats.peerRooms()).toEqual([new Map([['crypto.global', 7]]), new Map()])
    await clock.advance(3 * statsPeriodMs)
    expect(stats.peerRooms()).toEqual([])
  })

  it('takes nothing that is no stats', () => {
    const { hear, keys } = table()
    const wrong = [
      undefined,
      5,
      {},
      { seq: -1, value: of('x') },
      { seq: 1, value: { replica: 'x' } },
      { seq: 1, value: of('x'), rooms: { a: -1 } },
      { seq: 1, value: of('x'), rooms: { ['r'.repeat(97)]: 1 } },
      {
        seq: 1,
        value: of('x'),
        rooms: Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`r${i}`, 1])),
      },
    ]
    for (const message of wrong) hear(message)
    expect(keys()).toEqual([])
  })
})
