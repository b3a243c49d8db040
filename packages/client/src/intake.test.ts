import type { Entry, HydrateMessage, Outcome } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { createCounters } from './counters.ts'
import { createIntake } from './intake.ts'
import { createStore } from './store.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { cursorMaxAgeMs } from './told.ts'

const room = 'crypto.global'
const ticker = 'crypto.ticker'

const entry = (offset: number, part: Partial<Entry> = {}): Entry => ({
  k: 'BTC-USD',
  d: { price: offset },
  t: offset,
  p: [0, offset],
  v: offset,
  ...part,
})

interface Told {
  readonly entries?: Entry[]
  readonly head?: number
  readonly outcome?: Outcome
  readonly epoch?: string | null
}

const hydrate = ({
  entries = [],
  head = -1,
  outcome = 'snapshot',
  epoch = 'e1',
}: Told): HydrateMessage => ({
  room,
  epoch,
  channels: { [ticker]: { outcome, entries } },
  heads: { [ticker]: { '0': head } },
  part: 0,
  last: true,
})

const createParts = () => {
  const clock = createManualClock()
  const store = createStore({ key: () => undefined, keys: () => undefined })
  const counters = createCounters()
  const seen: number[] = []
  let broken = 0
  const intake = createIntake({
    store,
    counters,
    now: clock.now,
    onRecord: (_, record) => seen.push(record.p[1]),
    roomChanged: () => undefined,
    broken: () => {
      broken += 1
    },
  })
  const begin = (epoch: string | null = 'e1') => {
    intake.begin(epoch)
    intake.follow(room)
  }
  const price = (key = 'BTC-USD') => store.of(ticker)?.held(key)?.value
  return { clock, store, counters, intake, seen, begin, price, broken: () => broken }
}

describe('intake', () => {
  it('moves no position before the hydrate is whole, so that a cut leaves no hole', () => {
    const { intake, begin, seen } = createParts()
    begin()
    intake.hydrate(hydrate({ entries: [entry(5)], head: 5 }))
    intake.end()
    begin()
    intake.live(ticker, entry(9))
    expect(intake.cursor()).toEqual({ [room]: { [ticker]: { '0': 5 } } })
    intake.end()
    begin()
    // This replica is behind the one before: what waited on that connection must not move the position now.
    intake.hydrate(hydrate({ entries: [entry(6)], head: 6, outcome: 'recovered' }))
    intake.live(ticker, entry(7))
    expect(seen).toEqual([5, 6, 7])
  })

  it('keeps what it has when it is ahead of the replica, and drops what comes again', () => {
    const { intake, begin, seen, price } = createParts()
    begin()
    intake.hydrate(hydrate({ entries: [entry(5)], head: 8 }))
    intake.live(ticker, entry(9, { d: null }))
    intake.end()
    begin()
    intake.hydrate(hydrate({ head: 3, outcome: 'recovered' }))
    intake.live(ticker, entry(5))
    intake.live(ticker, entry(8))
    expect(price()).toBeUndefined()
    intake.live(ticker, entry(10))
    expect(price()).toEqual({ price: 10 })
    expect(seen).toEqual([5, 9, 10])
  })

  it('removes what a snapshot does not name any more, in its own room only', () => {
    const { intake, store, begin, price } = createParts()
    begin()
    intake.follow('stock.global')
    const quote = { k: 'AAPL', d: { price: 1 }, t: 1, p: [0, 1] as [number, number], v: 1 }
    intake.hydrate({
      room: 'stock.global',
      epoch: 'e1',
      channels: { 'stock.quotes': { outcome: 'snapshot', entries: [quote] } },
      heads: {},
      part: 0,
      last: true,
    })
    intake.hydrate(hydrate({ entries: [entry(1), entry(2, { k: 'ETH-USD' })], head: 2 }))
    intake.hydrate(hydrate({ entries: [entry(2, { k: 'ETH-USD' })], head: 4 }))
    expect(price()).toBeUndefined()
    expect(price('ETH-USD')).toEqual({ price: 2 })
    expect(store.of('stock.quotes')?.keys()).toEqual(['AAPL'])
  })

  it('voids everything at once when a session is of another log, and tells the old cursor', () => {
    const { intake, begin, price, counters } = createParts()
    begin()
    intake.hydrate(hydrate({ entries: [entry(5)], head: 5 }))
    intake.end()
    begin('e2')
    expect(price()).toBeUndefined()
    expect(counters.epochs).toBe(1)
    expect(intake.told([room])).toEqual({
      epoch: 'e1',
      cursor: { [room]: { [ticker]: { '0': 5 } } },
    })
    const done = intake.hydrate(hydrate({ entries: [entry(1)], head: 1, epoch: 'e2' }))
    expect(done?.outcomes.get(ticker)).toBe('reset')
    expect(intake.cursor()).toEqual({ [room]: { [ticker]: { '0': 1 } } })
  })

  it('keeps everything when a replica does not know its log yet', () => {
    const { intake, begin, price } = createParts()
    begin()
    intake.hydrate(hydrate({ entries: [entry(5)], head: 5 }))
    intake.end()
    begin(null)
    expect(price()).toEqual({ price: 5 })
    expect(intake.epoch()).toBe('e1')
  })

  it('lowers positions on reset alone', () => {
    const { intake, begin, price } = createParts()
    begin()
    intake.hydrate(hydrate({ entries: [entry(50)], head: 50 }))
    intake.hydrate(hydrate({ entries: [entry(40)], head: 40 }))
    expect(price()).toEqual({ price: 50 })
    intake.hydrate(hydrate({ entries: [entry(2)], head: 2, outcome: 'reset' }))
    expect(price()).toEqual({ price: 2 })
    expect(intake.position(room, ticker, 0)).toBe(2)
  })

  it('tells no cursor of a room that was current too long ago', () => {
    const { intake, begin, clock } = createParts()
    begin()
    intake.hydrate(hydrate({ entries: [entry(5)], head: 5 }))
    // The machine slept: the end of the connection is noticed only now.
    clock.advance(cursorMaxAgeMs)
    intake.end()
    begin()
    expect(intake.told([room])).toBeUndefined()
  })

  it('counts silence that the server breaks as a working connection', () => {
    const { intake, begin, clock } = createParts()
    begin()
    intake.hydrate(hydrate({ entries: [entry(5)], head: 5 }))
    clock.advance(cursorMaxAgeMs)
    intake.heard()
    intake.end()
    begin()
    expect(intake.told([room])).toBeDefined()
  })

  it('gives a hydrate with a hole up and asks for another connection', () => {
    const { intake, begin, broken } = createParts()
    begin()
    intake.hydrate({ ...hydrate({ entries: [entry(1)] }), last: false })
    intake.hydrate({ ...hydrate({ entries: [entry(2)] }), part: 2 })
    expect(broken()).toBe(1)
    expect(intake.isLive(room)).toBe(false)
  })

  it('ignores the rest of a hydrate whose beginning it never had', () => {
    const { intake, begin, broken, counters } = createParts()
    begin()
    intake.hydrate({ ...hydrate({ entries: [entry(2)] }), part: 1 })
    expect(broken()).toBe(0)
    expect(counters.partsDropped).toBe(1)
  })

  it('keeps stats of replicas out of the cursor, accepts a restarted one, and forgets a silent one', () => {
    const { intake, store, clock } = createParts()
    intake.begin('e1')
    intake.follow('platform.global')
    const stats = (seq: number, at: number): Entry => ({
      k: 'r1',
      d: { seq },
      t: at,
      p: ['r1', seq],
      v: at,
    })
    intake.live('platform.stats', stats(90, 1_000))
    intake.live('platform.stats', stats(1, 2_000))
    intake.live('platform.stats', stats(91, 1_500))
    const held = () => store.of('platform.stats')?.held('r1')
    expect(intake.cursor()).toEqual({ 'platform.global': {} })
    expect(held()?.at).toBe(1_500)
    clock.advance(6_000)
    store.expire(clock.now())
    expect(held()).toBeDefined()
    clock.advance(1)
    store.expire(clock.now())
    expect(held()).toBeUndefined()
  })

  it('forgets keys that are older than their channel keeps', () => {
    const { intake, begin, store, price } = createParts()
    begin()
    intake.hydrate(
      hydrate({ entries: [entry(5, { t: 1_000 }), entry(6, { k: 'ETH-USD', t: 2_000 })], head: 6 }),
    )
    store.sweep(24 * 3_600_000 + 1_500)
    expect(price()).toBeUndefined()
    expect(price('ETH-USD')).toBeDefined()
  })

  it('puts sampled history and live values of a key together', () => {
    const { intake, begin, store } = createParts()
    begin()
    const message = hydrate({ entries: [entry(5, { t: 100_000 })], head: 5 })
    const part = message.channels[ticker]
    if (part) part.history = { 'BTC-USD': { t: [30_000, 60_000], v: [1, 2] } }
    intake.hydrate(message)
    intake.live(ticker, entry(6, { t: 110_000 }))
    expect(store.of(ticker)?.samples('BTC-USD')).toEqual({
      t: [30_000, 60_000, 110_000],
      v: [1, 2, 6],
    })
  })

  it('counts records of rooms that nobody wants and of forms that the channel does not have', () => {
    const { intake, begin, counters } = createParts()
    begin()
    intake.live('stock.quotes', entry(1, { k: 'AAPL' }))
    intake.live('no.such', entry(1))
    intake.live(ticker, entry(1, { p: ['r1', 1] }))
    expect(counters).toMatchObject({ unwanted: 2, malformed: 1, accepted: 0 })
  })

  it('forgets the content of rooms that were left long ago, the oldest first', () => {
    const { intake, store } = createParts()
    intake.begin('e1')
    const product = (i: number) => `A${i}-USD`
    for (let i = 0; i < 40; i += 1) {
      const name = `crypto.${product(i)}`
      intake.follow(name)
      intake.hydrate({
        room: name,
        epoch: 'e1',
        channels: {
          'crypto.trades': { outcome: 'snapshot', entries: [entry(1, { k: product(i) })] },
        },
        heads: {},
        part: 0,
        last: true,
      })
      intake.leave(name)
    }
    const keys = store.of('crypto.trades')?.keys()
    expect(keys).toHaveLength(32)
    expect(keys?.[0]).toBe(product(8))
  })
})
