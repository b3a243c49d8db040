import { placeId } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slugsOf } from './slug.ts'

const named = (name: string, region: string | null, country: string) => ({ name, region, country })

describe('slugs', () => {
  it('are short for the first, have the region for a namesake, and a number for one in the same region', () => {
    const slugs = slugsOf([
      named('Oslo', 'Oslo', 'NO'),
      named('Springfield', 'Massachusetts', 'US'),
      named('Springfield', 'Illinois', 'US'),
      named('Springfield', 'Illinois', 'US'),
      named('Springfield', null, 'CA'),
      named('Springfield', null, 'CA'),
    ])
    expect(slugs).toEqual([
      'oslo-no',
      'springfield-us',
      'springfield-illinois-us',
      'springfield-illinois-us-2',
      'springfield-ca',
      'springfield-ca-2',
    ])
  })

  it('all differ and are place ids, whatever the names', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'B', ' ', '-', 'é', '2'), maxLength: 4 })
    const city = fc.record({
      name: word,
      region: fc.option(word),
      country: fc.constantFrom('NO', 'US'),
    })
    fc.assert(
      fc.property(fc.array(city, { maxLength: 30 }), (cities) => {
        const slugs = slugsOf(cities)
        expect(new Set(slugs).size).toBe(cities.length)
        for (const slug of slugs) expect(placeId.safeParse(slug).success, slug).toBe(true)
      }),
    )
  })
})
