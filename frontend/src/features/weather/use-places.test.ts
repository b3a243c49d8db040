import { userLimits } from '@flux/contracts'
import { expect, it } from 'vitest'
import { placesIn } from './search.ts'
import { tabIds, toggledPlace } from './use-places.ts'

it('puts home first and the shown place last, each once', () => {
  expect(tabIds('oslo-no', ['bergen-no', 'oslo-no'], 'paris-fr')).toEqual([
    'oslo-no',
    'bergen-no',
    'paris-fr',
  ])
  expect(tabIds(undefined, [], undefined)).toEqual([])
})

it('saves at the end and takes away, within the limit', () => {
  expect(toggledPlace(['a-no'], 'b-no')).toEqual(['a-no', 'b-no'])
  expect(toggledPlace(['a-no', 'b-no'], 'a-no')).toEqual(['b-no'])
  const full = Array.from({ length: userLimits.places }, (_, index) => `p${index}-no`)
  expect(toggledPlace(full, 'oslo-no')).toHaveLength(userLimits.places)
})

it('takes the places of an answer and nothing else', () => {
  const place = {
    ...{ id: 'oslo-no', name: 'Oslo', country: 'NO', latitude: 59.9, longitude: 10.7 },
    ...{ zone: 'Europe/Oslo', region: null, population: 700_000 },
  }
  expect(placesIn({ places: [place, { id: 'x' }, null] })).toEqual([place])
  expect(placesIn('gone')).toEqual([])
})
