import type { PastSpan } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import type { Stored } from '../state/decode.ts'
import { createRecordTraces } from './traces.ts'

const origin = (letter: string) => `00-${letter.repeat(32)}-${'1'.repeat(16)}-01`

const opened = () => {
  const clock = manualClock()
  const told: (PastSpan & { name: string })[] = []
  const traces = createRecordTraces(
    {
      past: (name, span) => {
        told.push({ name, ...span })
        return `span-${told.length}`
      },
    },
    clock,
  )
  const record = (traceparent?: string): Stored => ({
    ...{ key: 'k', room: 'crypto.global', wire: '{}', removed: false, sample: undefined },
    ...{ at: 0, producedAt: 0, version: 1, partition: 0, offset: 7 },
    appendedAt: clock.now() - 5,
    ...(traceparent !== undefined && { traceparent }),
  })
  const leave = async (traceparent: string) => {
    traces.received('t', record(traceparent), true)
    const written = traces.flushing()
    await clock.advance(10)
    written?.()
  }
  return { clock, told, traces, record, leave }
}

describe('the traces of records', () => {
  it('cost nothing for a record whose trace is not recorded', () => {
    const { told, traces, record } = opened()
    traces.received('t', record(), true)
    expect(traces.flushing()).toBeUndefined()
    expect(told).toEqual([])
  })

  it('go from the append over the replica to the sockets, each stage under the one before', async () => {
    const { told, leave, clock } = opened()
    const at = clock.now()
    await leave(origin('a'))
    expect(told).toMatchObject([
      { name: 'process t', parent: origin('a'), startMs: at - 5, endMs: at },
      { name: 'emit crypto.global', parent: 'span-1', startMs: at, endMs: at + 10, links: [] },
    ])
  })

  it('link the records that leave for a room together', () => {
    const { told, traces, record } = opened()
    for (const letter of ['a', 'b', 'c']) traces.received('t', record(origin(letter)), true)
    traces.flushing()?.()
    expect(told.at(-1)).toMatchObject({ parent: 'span-1', links: ['span-2', 'span-3'] })
  })

  it('end where nobody is in the room', () => {
    const { told, traces, record } = opened()
    traces.received('t', record(origin('a')), false)
    expect(traces.flushing()).toBeUndefined()
    expect(told).toHaveLength(1)
  })

  it('end in a browser, by what its client tells', async () => {
    const { told, traces, leave, clock } = opened()
    await leave(origin('a'))
    const left = clock.now()
    await clock.advance(20_000)
    expect(traces.delivered(origin('a'), left + 30)).toBe(true)
    expect(told.at(-1)).toMatchObject({
      ...{ name: 'deliver to browser', parent: 'span-2' },
      ...{ startMs: left, endMs: left + 30 },
    })
  })

  it('take no word of a client for what cannot be', async () => {
    const { told, traces, leave, clock } = opened()
    await leave(origin('a'))
    const left = clock.now()
    expect(traces.delivered(origin('b'), left)).toBe(false)
    expect(traces.delivered(origin('a'), left + 60_000)).toBe(false)
    expect(traces.delivered(origin('a'), left - 60_000)).toBe(false)
    for (const expected of [true, true, true, false])
      expect(traces.delivered(origin('a'), left)).toBe(expected)
    await leave(origin('c'))
    await clock.advance(121_000)
    expect(traces.delivered(origin('c'), left + 20)).toBe(false)
    expect(told.filter(({ name }) => name === 'deliver to browser')).toHaveLength(3)
  })

  it('forget the oldest records, however many there are', async () => {
    const { traces, leave, clock } = opened()
    await leave(origin('a'))
    for (let n = 0; n < 256; n += 1)
      await leave(`00-${`${n}`.padStart(32, '0')}-${'1'.repeat(16)}-01`)
    expect(traces.delivered(origin('a'), clock.now())).toBe(false)
    expect(
      traces.delivered(`00-${'255'.padStart(32, '0')}-${'1'.repeat(16)}-01`, clock.now()),
    ).toBe(true)
  })
})
