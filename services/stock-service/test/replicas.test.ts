import { decodeMeta, stockPerformers, stockQuotes } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { key, startFinnhub } from './finnhub.ts'
import { openWorld, until, type World } from './world.ts'

const setUp = async (env: Readonly<Record<string, string>> = {}) => {
  const finnhub = await startFinnhub()
  for (const symbol of ['AAPL', 'MSFT', 'V']) finnhub.prices.set(symbol, 100)
  const world = await openWorld({
    FINNHUB_URL: finnhub.url,
    FINNHUB_API_KEY: key,
    FINNHUB_RATE: '300',
    STOCK_SYMBOLS: 'AAPL,MSFT',
    ...env,
  })
  return { ...world, finnhub }
}

/** The replicas that published quotes, in the order of each partition. */
const publishers = async (world: World) =>
  (await world.records(stockQuotes)).map(({ headers }) => decodeMeta(headers)?.id.split('-')[0])

describe('two replicas', () => {
  it('publish one at a time, and the second goes on when the first stops', async () => {
    const world = await setUp()
    const first = await world.start('first')
    await until(async () => expect((await world.values(stockQuotes)).length).toBeGreaterThan(3))
    const second = await world.start('second')
    await until(async () => expect((await world.values(stockQuotes)).length).toBeGreaterThan(8))
    expect(new Set(await publishers(world))).toEqual(new Set(['first']))
    expect(await second.metric('flux_stock_quotes_total')).toBe(0)
    await first.stop()
    await until(async () => expect(await publishers(world)).toContain('second'))
  })

  it('keep the performers while nobody can be asked: a new leader takes the quotes from the log', async () => {
    const world = await setUp()
    const first = await world.start('first')
    await until(async () => expect(await world.values(stockPerformers)).toHaveLength(1))
    await first.stop()
    world.finnhub.state.quote = { status: 500, body: {} }
    await world.start('second')
    await until(async () => expect(await world.values(stockPerformers)).toHaveLength(2))
    const [before, after] = await world.values(stockPerformers)
    expect(after).toMatchObject({ quotesAt: before?.quotesAt, gainers: before?.gainers })
  })

  it('answer a command wherever it lands, from the quotes in the log', async () => {
    const world = await setUp({ STOCK_SYMBOLS: 'AAPL,MSFT,V', FINNHUB_RATE: '60' })
    // The leader has not asked for all, so it publishes no performers by itself.
    world.finnhub.silent.add('V')
    const replicas = [await world.start('first')]
    // With three of them the partition of this command is not that of the leader.
    for (const identity of ['second', 'third']) replicas.push(await world.start(identity))
    await until(async () => expect(await world.values(stockQuotes)).toHaveLength(2))
    const handled = async (outcome: string) => {
      const counts = replicas.map((each) => each.metric('flux_commands_total', { outcome }))
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
    }
    await world.command()
    await until(async () => expect(await handled('done')).toBe(1))
    expect(await world.values(stockPerformers)).toMatchObject([{ status: 'open', losers: [] }])
    const [record] = await world.records(stockPerformers)
    expect(decodeMeta(record?.headers ?? {})?.id).not.toMatch(/^first-/)
    // What was published a moment ago is not made again.
    await world.command()
    await until(async () => expect(await handled('fresh')).toBe(1))
    expect(await world.values(stockPerformers)).toHaveLength(1)
  })
})

describe('quotes in the log', () => {
  it('of symbols that are followed no more are removed', async () => {
    const world = await setUp({ STOCK_SYMBOLS: 'AAPL,V' })
    const first = await world.start('first')
    await until(async () => expect((await world.values(stockQuotes)).length).toBeGreaterThan(1))
    await first.stop()
    await world.start('second', { STOCK_SYMBOLS: 'AAPL' })
    await until(async () => {
      const removed = (await world.records(stockQuotes)).filter(({ value }) => value === null)
      expect(removed.map((record) => record.key)).toEqual(['V'])
    })
  })

  it('that are simulated do not stay beside real ones', async () => {
    const world = await setUp()
    const first = await world.start('first', { SIMULATED: 'true' })
    await until(async () => expect((await world.values(stockQuotes)).length).toBeGreaterThan(1))
    await first.stop()
    await world.start('second')
    await until(async () => {
      for (const symbol of ['AAPL', 'MSFT']) {
        const own = (await world.records(stockQuotes)).filter((record) => record.key === symbol)
        const removedAt = own.findIndex(({ value }) => value === null)
        expect(removedAt).toBeGreaterThan(0)
        // Real prices may be older than simulated ones: nothing may outrank them.
        expect(decodeMeta(own[removedAt]?.headers ?? {})?.version).toBe(0)
        const after = own.slice(removedAt + 1).map(({ headers }) => decodeMeta(headers)?.simulated)
        expect(after.length).toBeGreaterThan(0)
        expect(after).not.toContain(true)
      }
    })
  })
})
