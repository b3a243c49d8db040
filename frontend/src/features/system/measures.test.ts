import type { ClientStatus, Held, RecordListener } from '@flux/client'
import type { ChannelName, Cursor, Entry } from '@flux/contracts'
import { expect, it } from 'vitest'
import { createMeasures, type MeasuredClient } from './measures.ts'

const entryOf = (k: string, t: number): Entry => ({ k, d: {}, t, p: [0, 0], v: t })

/** A client to which a test hands records, `late` milliseconds after their facts. */
const createSource = () => {
  let listener: RecordListener<ChannelName> = () => {}
  let status: ClientStatus = {
    ...{ phase: 'live', since: 0, attempt: 0, replica: 'bff-1', clockOffsetMs: 100 },
  }
  let cursor: Cursor = {}
  let newest: Pick<Held, 'at' | 'receivedAt'> | undefined
  const client: MeasuredClient = {
    onRecord: (added) => {
      listener = added
      return () => {
        listener = () => {}
      }
    },
    read: () => newest,
    status: () => status,
    cursor: () => cursor,
  }
  return {
    client,
    come(
      channel: ChannelName,
      {
        key = 'k',
        late = 0,
        how = 'live' as const,
      }: { key?: string; late?: number; how?: 'live' | 'hydrate' },
    ) {
      const at = 1_000_000
      newest = { at, receivedAt: at + late - status.clockOffsetMs }
      listener(channel, entryOf(key, at), how)
    },
    moveTo(replica: string) {
      status = { ...status, replica }
    },
    seek(next: Cursor) {
      cursor = next
    },
  }
}

const paints = (ms: number) => (done: (ms: number) => void) => {
  done(ms)
  return () => {}
}

it('measures the legs of the way by live records alone', () => {
  const source = createSource()
  const measures = createMeasures(source.client, paints(9))
  const stop = measures.start()
  for (let i = 0; i < 5; i += 1) {
    source.come('platform.canary', { late: 20 })
    source.come('platform.canary', { late: 5_000, how: 'hydrate' })
    source.come('platform.stats', { key: 'bff-1', late: 6 })
    source.come('platform.stats', { key: 'bff-2', late: 40 })
    source.come('crypto.ticker', { late: 80 })
    source.come('weather', { late: 900_000 })
  }
  expect(measures.at(1).legs).toEqual({
    fact: { channel: 'crypto.ticker', ms: 80 },
    ...{ canary: 20, replica: 6, paint: 9 },
  })
  expect(measures.at(1).arrived).toBe(25)
  stop()
  source.come('crypto.ticker', { late: 80 })
  expect(measures.at(2).arrived).toBe(25)
})

it('begins anew on another replica, whose way is another one', () => {
  const source = createSource()
  const measures = createMeasures(source.client, paints(9))
  measures.start()
  for (let i = 0; i < 4; i += 1) source.come('platform.canary', { late: 20 })
  source.moveTo('bff-2')
  for (let i = 0; i < 3; i += 1) source.come('platform.canary', { late: 50 })
  expect(measures.at(1).legs.canary).toBe(50)
})

it('takes a topic’s rate from the offsets of all of its partitions', () => {
  const source = createSource()
  const measures = createMeasures(source.client, paints(9))
  const seek = (first: number, second: number) =>
    source.seek({
      'crypto.global': { 'crypto.ticker': { 0: first, 1: second } },
      'crypto.BTC-USD': { 'crypto.trades': { 0: first } },
    })
  seek(1_000, 50)
  measures.at(0)
  seek(1_020, 54)
  const { appended } = measures.at(4_000)
  expect(appended['crypto.ticker']).toBe(6)
  expect(appended['crypto.trades']).toBeUndefined()
  expect(appended['news.headlines']).toBeUndefined()
})

it('measures once per moment', () => {
  const measures = createMeasures(createSource().client, paints(9))
  expect(measures.at(5)).toBe(measures.at(5))
  expect(measures.at(6)).not.toBe(measures.at(5))
})
