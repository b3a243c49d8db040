import { describe, expect, it } from 'vitest'
import { createSingleFlight } from './single-flight.ts'

const { signal } = new AbortController()

describe('single flight', () => {
  it('gives all callers of a key one run, other keys their own', async () => {
    const flights = createSingleFlight<string>()
    const gate = Promise.withResolvers<string>()
    let runs = 0
    const work = () => {
      runs += 1
      return gate.promise
    }
    const all = ['a', 'a', 'b', 'a'].map((key) => flights.run(key, work, signal))
    await Promise.resolve()
    expect(flights.size()).toBe(2)
    gate.resolve('done')
    expect(await Promise.all(all)).toEqual(['done', 'done', 'done', 'done'])
    expect(runs).toBe(2)
    expect(flights.size()).toBe(0)
  })

  it('shares an error and starts afresh afterwards', async () => {
    const flights = createSingleFlight<string>()
    const fail = () => {
      throw new Error('at once')
    }
    const both = [flights.run('a', fail, signal), flights.run('a', fail, signal)]
    for (const one of both) await expect(one).rejects.toThrow('at once')
    expect(await flights.run('a', async () => 'ok', signal)).toBe('ok')
  })

  it('lets one caller leave without harm to the others', async () => {
    const flights = createSingleFlight<string>()
    const gate = Promise.withResolvers<string>()
    const leaver = new AbortController()
    let inner: AbortSignal | undefined
    const work = (given: AbortSignal) => {
      inner = given
      return gate.promise
    }
    const left = flights.run('a', work, leaver.signal)
    const stayed = flights.run('a', work, signal)
    leaver.abort(new Error('leaving'))
    await expect(left).rejects.toThrow('leaving')
    expect(inner?.aborted).toBe(false)
    gate.resolve('done')
    expect(await stayed).toBe('done')
    expect(inner?.aborted).toBe(false)
  })

  it('gives the work up when everybody has left, and never joins given-up work', async () => {
    const flights = createSingleFlight<string>()
    const leaver = new AbortController()
    let inner: AbortSignal | undefined
    const left = flights.run(
      'a',
      (given) => {
        inner = given
        return new Promise((_resolve, reject) =>
          given.addEventListener('abort', () => reject(given.reason)),
        )
      },
      leaver.signal,
    )
    await Promise.resolve()
    leaver.abort(new Error('leaving'))
    await expect(left).rejects.toThrow('leaving')
    expect(inner?.aborted).toBe(true)
    expect(await flights.run('a', async () => 'fresh', signal)).toBe('fresh')
  })
})
