import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stockQuotes } from '@flux/contracts'
import { nodeHost, systemClock } from '@flux/runtime'
import { fixtureHttp } from '@flux/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parseFrame } from './finnhub-frames.ts'
import { createFinnhub } from './finnhub-rest.ts'
import { marketWire, quoteWire, readMarket, readQuote } from './finnhub-wire.ts'

const root = nodeHost().env['FLUX_PROVIDER_DATA'] ?? ''
const folder = join(root, 'finnhub')
const absent = root === '' || !existsSync(folder)

const read = (file: string) => readFileSync(join(folder, file), 'utf8')
const lines = (file: string) => read(file).trim().split('\n')
const body = (file: string): unknown => JSON.parse(read(file))
const quoteOf = (file: string) => readQuote('AAPL', quoteWire.parse(body(file)), Date.UTC(2030, 0))

// The replies are not ours to copy: without them this one line says so, and the fixtures of the other tests stand in.
it.skipIf(absent)('finds the recorded replies: only where FLUX_PROVIDER_DATA names them', () => {
  expect(existsSync(folder)).toBe(true)
})

const recorded = () => {
  describe('recorded quotes', () => {
    it.each([
      ['quote-AAPL-2026-09-16.json', { price: 333.27, change: 1.93, changePercent: 0.5825 }],
      ['quote-AAPL-docs-sample-2020.json', { price: 261.74, change: 2.29, previousClose: 259.45 }],
    ])('are read and fit the contract: %s', (file, expected) => {
      const reply = quoteOf(file)
      if (reply.kind !== 'quote') throw new Error(reply.kind)
      expect(reply.quote).toMatchObject(expected)
      expect(stockQuotes.schema.safeParse(reply.quote).success).toBe(true)
    })

    it('of an unknown symbol are no quotes', () => {
      expect(quoteOf('quote-unknown-symbol.json')).toEqual({ kind: 'unknown' })
    })
  })

  it('recorded market status is read', () => {
    const word = readMarket(marketWire.parse(body('market-status-US-2026-09-16.json')), 5)
    expect(word).toEqual({ status: 'open', holiday: null, saidAt: 5 })
  })

  it('recorded frames are read: trades of stocks count, those of other markets do not', () => {
    const frames = lines('ws-trades.jsonl').map((line) => parseFrame(line, Date.UTC(2030, 0)))
    expect(frames.map(({ kind }) => kind)).toEqual([
      ...['trade', 'trade', 'trade', 'trade'],
      ...['ping', 'error'],
    ])
    const trades = frames.flatMap((frame) => (frame.kind === 'trade' ? frame.trades : []))
    expect(trades).toHaveLength(9)
    expect(new Set(trades.map(({ symbol }) => symbol))).toEqual(new Set(['TSLA', 'AAPL']))
  })

  it.each(lines('errors.jsonl'))('recorded error is told by its status: %s', async (line) => {
    const { status, body: words } = JSON.parse(line)
    const server = await fixtureHttp((_, response) => {
      response.writeHead(status).end(JSON.stringify(words))
    })
    onTestFinished(server.close)
    const finnhub = createFinnhub({
      ...{ url: server.url, key: 'k', clock: systemClock, onBreaker: () => {} },
      budget: { take: async () => true },
    })
    const { signal } = new AbortController()
    await expect(finnhub.quote('AAPL', signal)).rejects.toMatchObject({
      code: `http_${status}`,
      retryable: status === 429,
    })
  })
}

if (!absent) recorded()
