import { manualClock } from '@flux/testkit'
import { expect, it } from 'vitest'
import { type Hydrate, type Known, nothingKnown } from './hydrate.ts'
import { createHydrateCache } from './hydrate-cache.ts'

const setUp = () => {
  const clock = manualClock()
  let version = 1
  let built = 0
  const cache = createHydrateCache({ clock, version: () => version })
  const ask = (room: string, known: Known = nothingKnown): Hydrate =>
    cache(room, known, () => {
      built += 1
      return { texts: [`${room} ${built}`], outcome: 'snapshot' }
    })
  return {
    ...{ clock, ask, built: () => built },
    change: () => {
      version += 1
    },
  }
}

it('builds once for all that come in one moment and bring the same', () => {
  const { ask, built } = setUp()
  const cursor = { 'crypto.ticker': { 0: 5 } }
  const texts = [1, 2, 3].map(() => ask('a').texts[0])
  expect(texts).toEqual(['a 1', 'a 1', 'a 1'])
  for (const _ of [1, 2]) ask('b')
  for (const _ of [1, 2]) ask('a', { ...nothingKnown, cursor })
  for (const _ of [1, 2]) ask('a', { ...nothingKnown, foreign: true })
  for (const _ of [1, 2]) ask('a', { ...nothingKnown, beyond: new Set(['crypto.ticker']) })
  expect(built()).toBe(5)
})

it('gives nothing again once something has changed', () => {
  const { ask, change } = setUp()
  ask('a')
  change()
  expect(ask('a').texts).toEqual(['a 2'])
})

it('gives nothing again after a while, however still it is', async () => {
  const { ask, clock, built } = setUp()
  ask('a')
  await clock.advance(50)
  ask('a')
  expect(built()).toBe(1)
  await clock.advance(1)
  ask('a')
  expect(built()).toBe(2)
})

it('holds a bounded number', () => {
  const { ask, built } = setUp()
  for (let index = 0; index < 64; index += 1) ask(`room ${index}`)
  ask('room 0')
  expect(built()).toBe(65)
})
