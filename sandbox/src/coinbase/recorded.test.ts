import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { products } from '../market/universe.ts'
import { parseRecorded, recordedTrade } from './recorded.ts'

const [bitcoin] = products

describe('recorded frames', () => {
  it('are read with their time in microseconds', () => {
    const line = '{"type":"heartbeat","product_id":"BTC-USD","time":"2026-01-01T00:00:01.000250Z"}'
    expect(parseRecorded(line)).toMatchObject({
      channel: 'heartbeat',
      product: 'BTC-USD',
      time: Date.UTC(2026, 0, 1, 0, 0, 1) * 1000 + 250,
      line,
    })
  })

  it('are undefined when they are no frames', () => {
    for (const text of ['', 'x', '[]', '{}', '{"type":5}', 'null']) {
      expect(parseRecorded(text)).toBeUndefined()
    }
    fc.assert(fc.property(fc.string(), (text) => void parseRecorded(text)))
  })

  it('hold a trade only where all of it is there', () => {
    const frame = {
      type: 'match',
      product_id: 'BTC-USD',
      time: '2026-01-01T00:00:01Z',
      side: 'buy',
    }
    const whole = { ...frame, trade_id: 7, sequence: 70, price: '5.5', size: '0.5' }
    const read = (fields: object) => {
      const recorded = parseRecorded(JSON.stringify(fields))
      return recorded && bitcoin && recordedTrade(recorded, bitcoin)
    }
    expect(read(whole)).toMatchObject({ id: 7, price: 550, size: 50_000_000, taker: 'sell' })
    expect(read({ ...whole, type: 'ticker' })).toMatchObject({ taker: 'buy' })
    for (const key of ['trade_id', 'price', 'side', 'time', 'size', 'sequence']) {
      expect(read({ ...whole, [key]: undefined })).toBeUndefined()
    }
  })

  // biome-ignore lint/style/noProcessEnv: the folder of recordings is given to the test run by name
  const folder = env['FLUX_PROVIDER_DATA'] ?? ''
  it.skipIf(!existsSync(join(folder, 'coinbase')) || folder === '')(
    'include every line of the provided recordings',
    () => {
      const file = join(folder, 'coinbase', 'ticker-heartbeat-2026-07.jsonl')
      const lines = readFileSync(file, 'utf8').trim().split('\n')
      const frames = lines.map(parseRecorded)
      expect(frames).not.toContain(undefined)
      expect(frames.filter((frame) => frame?.channel === 'ticker').length).toBeGreaterThan(400)
    },
  )
})
