import { placeDetails } from '@flux/contracts'
import { createPlaces } from '@flux/places'
import { createLog, createMetrics } from '@flux/runtime'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createHttp } from './http.ts'
import { servePlaces } from './places.ts'

const answer = z.object({ places: z.array(placeDetails) })

describe('the search for places', () => {
  const log = createLog({ name: 'test', level: 'silent' })
  const feed = { epoch: () => 'e', stateOf: () => undefined }
  const app = createHttp(feed, { clock: manualClock(), log, metrics: createMetrics() })
  servePlaces(app, createPlaces())
  const get = (query: object) => {
    const text = new URLSearchParams({ ...query }).toString()
    return app.inject({ url: `/api/v1/places?${text}` })
  }
  const idsOf = async (query: object) => {
    const reply = await get(query)
    return answer.parse(reply.json()).places.map(({ id }) => id)
  }

  it('finds what is typed so far, the nearest, and the largest of a time zone', async () => {
    expect((await idsOf({ q: 'osl' }))[0]).toBe('oslo-no')
    expect((await idsOf({ q: 'pariss' }))[0]).toBe('paris-fr')
    expect(await idsOf({ q: 'a', limit: '3' })).toHaveLength(3)
    expect(await idsOf({ near: '59.91,10.75' })).toEqual(['oslo-no'])
    expect(await idsOf({ near: '-33.9,151' })).toEqual(['sydney-au'])
    expect(await idsOf({ zone: 'Europe/Oslo' })).toEqual(['oslo-no'])
    expect(await idsOf({ zone: 'Nowhere/At_All' })).toEqual([])
  })

  it('holds for an hour, and where somebody is for him alone', async () => {
    const cacheOf = async (query: object) => (await get(query)).headers['cache-control']
    expect(await cacheOf({ q: 'oslo' })).toBe('public, max-age=3600')
    expect(await cacheOf({ near: '1,2' })).toBe('private, max-age=3600')
  })

  it('says in a sentence what a question has to look like', async () => {
    const wrong = [
      {},
      { q: '' },
      { q: 'x'.repeat(101) },
      { q: 'oslo', near: '1,2' },
      { q: 'oslo', limit: '0' },
      { q: 'oslo', limit: '21' },
      { q: 'oslo', limit: 'many' },
      { near: '91,0' },
      { near: '0,181' },
      { near: 'here' },
      { zone: '' },
    ]
    for (const query of wrong) {
      const reply = await get(query)
      expect(reply.statusCode, JSON.stringify(query)).toBe(400)
      expect(reply.json()).toEqual({
        code: 'bad_request',
        message: expect.stringContaining('Give one of q'),
      })
    }
    expect((await app.inject({ url: '/api/v1/places?q=a&q=b' })).statusCode).toBe(400)
  })
})
