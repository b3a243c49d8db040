import { createLog, createMetrics, DeferredError, ProviderError } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type AskOptions, askForQuotes } from './ask.ts'
import { createEvents } from './events.ts'
import type { QuoteReply } from './provider/finnhub-wire.ts'
import { quote } from './quotes.fixture.ts'
import { createRound, paceOf } from './round.ts'

const failure = (status: number) =>
  new ProviderError('finnhub', `status ${status}`, {
    code: `http_${status}`,
    retryable: false,
    status,
  })
const reply = (symbol: string): QuoteReply => ({ kind: 'quote', quote: quote(symbol) })

const setUp = (answer: (symbol: string) => QuoteReply | Error, trading = true) => {
  const clock = manualClock()
  const ended = new AbortController()
  const round = createRound(['A', 'B', 'C'])
  const log: string[] = []
  const told: string[] = []
  const options: AskOptions = {
    ...{ round, clock, signal: ended.signal },
    events: createEvents(createLog({ name: 'test', level: 'silent' }), createMetrics()),
    finnhub: {
      quote: async (symbol) => {
        log.push(symbol)
        const answered = answer(symbol)
        if (answered instanceof Error) throw answered
        return answered
      },
    },
    health: {
      seen: () => {},
      quoteWorked: () => void told.push('ok'),
      quoteFailed: () => void told.push('failed'),
    },
    pace: () => paceOf({ symbols: 3, perMinute: 60, trading, closedEveryMs: 900_000 }),
    onQuote: ({ symbol }) => void log.push(`got ${symbol}`),
    onCovered: () => void log.push('covered'),
  }
  const asking = askForQuotes(options).catch((error: unknown) => error)
  onTestFinished(async () => {
    ended.abort()
    await asking
  })
  return { clock, log, told, asking, round, asked: () => log.filter((line) => line.length === 1) }
}

describe('asking for quotes', () => {
  it('goes through all symbols and tells when it has', async () => {
    const { clock, log } = setUp(reply)
    await clock.advance(1_000)
    expect(log).toEqual(['A', 'got A', 'B', 'got B', 'C', 'got C', 'covered'])
    await clock.advance(60_000)
    expect(log.filter((line) => line === 'covered')).toHaveLength(1)
  })

  it('stays within the pace', async () => {
    const { clock, asked } = setUp(reply)
    await clock.advance(600_000)
    expect(asked().length).toBeGreaterThan(550)
    expect(asked().length).toBeLessThanOrEqual(600)
  })

  it('asks for each symbol once in 15 minutes while the market does not trade', async () => {
    const { clock, asked } = setUp(reply, false)
    await clock.advance(3_590_000)
    expect(asked()).toHaveLength(3 * 4)
  })

  it('leaves a symbol out for a day that is unknown, forbidden or not', async () => {
    const { clock, asked, told } = setUp((symbol) => {
      if (symbol === 'A') return { kind: 'unknown' }
      return symbol === 'B' ? failure(403) : reply(symbol)
    }, false)
    await clock.advance(82_800_000)
    expect(asked().filter((symbol) => symbol !== 'C')).toEqual(['A', 'B'])
    expect(told).not.toContain('failed')
    await clock.advance(7_200_000)
    expect(asked().filter((symbol) => symbol === 'A')).toHaveLength(2)
  })

  it('says so when the key gives no quote at all', async () => {
    const { clock, told } = setUp(() => failure(403))
    await clock.advance(5_000)
    expect(told).toEqual(['failed'])
  })

  it('goes on after a failure with the next symbol', async () => {
    const { clock, log, told } = setUp((symbol) => (symbol === 'A' ? failure(500) : reply(symbol)))
    await clock.advance(1_000)
    expect(log).toEqual(['A', 'B', 'got B', 'C', 'got C', 'covered'])
    expect(told).toEqual(['failed', 'ok', 'ok'])
  })

  it('keeps the turn of a symbol that nobody was asked for', async () => {
    let calls = 0
    const { clock, log, told } = setUp((symbol) => {
      calls += 1
      return calls <= 2 ? new DeferredError() : reply(symbol)
    })
    await clock.advance(500)
    expect(log.slice(0, 4)).toEqual(['A', 'A', 'A', 'got A'])
    expect(told).not.toContain('failed')
  })

  it('ends with a bug', async () => {
    const { clock, asking } = setUp(() => new TypeError('a bug'))
    await clock.advance(1)
    expect(await asking).toBeInstanceOf(TypeError)
  })
})
