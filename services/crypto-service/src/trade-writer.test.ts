import { setImmediate as turn } from 'node:timers/promises'
import { ContractError, FluxError } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { createTradeWriter } from './trade-writer.ts'
import { trade } from './trades.fixture.ts'

/** A bus that answers as `answer` says; no answer at all until then. */
const setUp = (maxWaiting = 1_000) => {
  const sent: number[] = []
  const rejected: number[] = []
  const fatal: unknown[] = []
  const bus = { answer: async (_id: number): Promise<void> => undefined }
  const writer = createTradeWriter({
    maxWaiting,
    publish: (record) => {
      sent.push(record.tradeId)
      return bus.answer(record.tradeId)
    },
    onRejected: (id) => rejected.push(id),
    onFatal: (error) => fatal.push(error),
  })
  return { writer, bus, sent, rejected, fatal }
}

const unavailable = new FluxError('bus_unavailable', 'away', { retryable: true })

describe('a trade writer', () => {
  it('has one batch under way at a time', async () => {
    const { writer, bus, sent } = setUp()
    const held = Promise.withResolvers<void>()
    bus.answer = () => held.promise
    writer.push([trade(1)])
    writer.push([trade(2), trade(3)])
    expect(sent).toEqual([1])
    held.resolve()
    await turn()
    expect(sent).toEqual([1, 2, 3])
  })

  it('gives back a record that the bus did not take, and drops what came after it', async () => {
    const { writer, bus, sent, rejected, fatal } = setUp()
    bus.answer = (id) => (id === 2 ? Promise.reject(unavailable) : Promise.resolve())
    writer.push([trade(1), trade(2)])
    writer.push([trade(3)])
    await turn()
    expect(rejected).toEqual([2])
    expect(sent).toEqual([1, 2])
    writer.push([trade(4)])
    await turn()
    expect(sent).toEqual([1, 2, 4])
    expect(fatal).toEqual([])
  })

  it('gives back more than may wait', async () => {
    const { writer, bus, rejected } = setUp(2)
    bus.answer = () => new Promise(() => {})
    writer.push([trade(1)])
    writer.push([trade(2), trade(3)])
    writer.push([trade(4)])
    expect(rejected).toEqual([2])
  })

  it('goes on past a record that breaks its contract', async () => {
    const { writer, bus, sent, rejected } = setUp()
    bus.answer = (id) => (id === 1 ? Promise.reject(new ContractError('bad')) : Promise.resolve())
    writer.push([trade(1)])
    writer.push([trade(2)])
    await turn()
    expect(sent).toEqual([1, 2])
    expect(rejected).toEqual([])
  })

  it('ends with the leadership', async () => {
    const { writer, bus, rejected, fatal } = setUp()
    const lost = new FluxError('not_leader', 'lost')
    bus.answer = () => Promise.reject(lost)
    writer.push([trade(1)])
    await turn()
    expect(fatal).toEqual([lost])
    expect(rejected).toEqual([])
  })
})
