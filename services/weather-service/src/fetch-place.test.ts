import { type CommandRecord, fetchWeather } from '@flux/contracts'
import { createLog, createMetrics, DeferredError, ProviderError } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { createEvents } from './events.ts'
import { createFetchPlace } from './fetch-place.ts'
import type { Reading } from './provider/port.ts'
import type { Store } from './store.ts'
import type { Weather } from './values.ts'
import { noon, oslo, reading, value } from './weather.fixture.ts'

const { signal } = new AbortController()
const minute = 60_000

const failure = (code: string, retryable = false) =>
  new ProviderError('open-meteo', `open-meteo: ${code}`, { code, retryable })

/** The work with what it fetches decided by the test, and everything that it published. */
const setUp = (options: { known?: Weather; answers: readonly (Reading | Error)[] }) => {
  const clock = manualClock(noon + 20 * minute)
  const published: { value: Weather; at: number | undefined }[] = []
  const answers = [...options.answers]
  let { known } = options
  let calls = 0
  const store: Store = {
    recall: async () => known,
    lastGood: async () => known,
    keep: async (kept) => {
      known = kept
    },
  }
  const work = createFetchPlace({
    provider: { name: 'open-meteo', title: 'Open-Meteo' },
    ...{ store, clock },
    events: createEvents(createLog({ name: 'test', level: 'silent' }), createMetrics()),
    findPlace: (id) => (id === oslo.id ? oslo : undefined),
    fetch: async () => {
      calls += 1
      const answer = answers.shift()
      if (answer === undefined || answer instanceof Error) throw answer
      return answer
    },
    publish: async (next, { at }) => void published.push({ value: next, at }),
  })
  const run = async (waitedMs = 0, placeId = oslo.id) => {
    const now = clock.now()
    const body = fetchWeather.bodyOf(placeId)
    const command: CommandRecord = {
      ...{ id: 'c1', reason: 'missing', requestedAt: now, waitingSince: now - waitedMs, body },
    }
    await work(body, { command, signal })
  }
  return { clock, published, run, calls: () => calls }
}

describe('a place that is asked for', () => {
  it('is fetched and published', async () => {
    const { run, published, clock } = setUp({ answers: [reading] })
    await run()
    const now = clock.now()
    expect(published).toEqual([{ value: { ...value, asOf: now, at: now }, at: undefined }])
  })

  it('is answered without a call while it is younger than half its refresh time', async () => {
    const known = { ...value, asOf: noon + 16 * minute }
    const { run, published, calls, clock } = setUp({ known, answers: [] })
    await run()
    expect(calls()).toBe(0)
    expect(published[0]?.value).toEqual({ ...known, at: clock.now() })
  })

  it('is passed over when there is no such place', async () => {
    const { run, published, calls } = setUp({ answers: [] })
    await run(0, 'nowhere-xx')
    expect([published.length, calls()]).toEqual([0, 0])
  })

  it('is deferred when there is no budget', async () => {
    const { run, published } = setUp({ known: value, answers: [new DeferredError()] })
    await expect(run(10 * minute)).rejects.toThrow(DeferredError)
    expect(published).toEqual([])
  })

  it('lets a bug through', async () => {
    const { run } = setUp({ answers: [new TypeError('a bug')] })
    await expect(run(10 * minute)).rejects.toThrow('a bug')
  })
})

describe('a place that cannot be had', () => {
  it('keeps its last data and says why at once', async () => {
    const { run, published, clock } = setUp({ known: value, answers: [failure('no_data')] })
    await run()
    expect(published).toEqual([
      {
        at: noon,
        value: {
          ...value,
          status: 'failed',
          reason: 'Open-Meteo has no weather for Oslo',
          at: clock.now(),
        },
      },
    ])
  })

  it('has no data when there never were any, and is not due again at once', async () => {
    const { run, published, clock } = setUp({ answers: [failure('no_data')] })
    await run()
    expect(published[0]?.value).toMatchObject({ status: 'failed', current: null, asOf: null })
    expect(published[0]?.at).toBe(clock.now())
  })
})

describe.each([
  ['does not answer', failure('http_503', true), 'Open-Meteo does not answer properly for now'],
  ['allows no more', failure('limited'), 'Open-Meteo allows no more requests for now'],
  ['refuses the key', failure('key_refused'), 'Open-Meteo refuses the key'],
])('a provider that %s', (_, error, reason) => {
  it('defers a place until somebody has waited for long', async () => {
    const { run, published } = setUp({ known: value, answers: [error, error] })
    await expect(run(29_000)).rejects.toThrow(DeferredError)
    expect(published).toEqual([])
    await run(31_000)
    expect(published).toMatchObject([{ at: noon, value: { status: 'failed', reason, asOf: noon } }])
  })

  it('is told once per place; a success begins anew', async () => {
    const { run, published } = setUp({ known: value, answers: [error, error, reading, error] })
    await run(minute)
    await expect(run(2 * minute)).rejects.toThrow(DeferredError)
    await run(3 * minute)
    expect(published.map((one) => one.value.status)).toEqual(['failed', 'ok'])
  })

  it('leaves a place without data due to be asked for', async () => {
    const { run, published, clock } = setUp({ answers: [error] })
    await run(minute)
    expect(published[0]?.value).toMatchObject({ reason, current: null, asOf: null })
    expect(published[0]?.at).toBe(clock.now() - 10 * minute)
  })
})
