import { createHash } from 'node:crypto'
import { isSubscribable, placeDetails, weather } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRows } from './city-list.ts'
import { createPlaces, type FoundPlace } from './places.ts'

const all = createPlaces()
const { places } = all
const ids = (found: readonly FoundPlace[]) => found.map(({ id }) => id)
const aPlace = fc.nat({ max: places.length - 1 }).map((index) => places[index])

describe('the places', () => {
  it('satisfy the contract, each with an id and a weather room of its own', () => {
    expect(places.length).toBeGreaterThan(7_000)
    expect(new Set(ids(places)).size).toBe(places.length)
    for (const place of places) {
      expect(placeDetails.safeParse(place).error, place.id).toBeUndefined()
      expect(isSubscribable(weather.roomOf(place.id)), place.id).toBe(true)
    }
  })

  it('keep their ids, which are keys of records and bookmarks of users', () => {
    const digest = createHash('sha256').update(ids(places).toSorted().join('\n')).digest('hex')
    expect(digest.slice(0, 16)).toBe('4f736327a9c89bf1')
    expect(ids(places)).toEqual(
      expect.arrayContaining(['oslo-no', 'new-york-us', 'sao-paulo-br', 'pristina-xk', 'perm-ru']),
    )
  })

  it('are the same whatever the order of the list', () => {
    expect(createPlaces(readRows().toReversed()).places).toEqual(places)
  })

  it('are made of any rows, those that make no sense left out', () => {
    const good = {
      city: 'Oslo',
      iso2: 'NO',
      lat: 59.9,
      lng: 10.7,
      timezone: 'Europe/Oslo',
      pop: -99,
    }
    const broken = fc.oneof(
      fc.anything(),
      fc.record({
        city: fc.anything(),
        iso2: fc.anything(),
        lat: fc.anything(),
        pop: fc.anything(),
      }),
      fc.constantFrom(
        { ...good, timezone: 'Mars/Olympus' },
        { ...good, lat: 91 },
        { ...good, city: ' ' },
      ),
    )
    fc.assert(
      fc.property(fc.array(broken, { maxLength: 5 }), (rows) => {
        const made = createPlaces([...rows, good])
        expect(ids(made.places)).toEqual(['oslo-no'])
        expect(made.findPlace('oslo-no')).toMatchObject({ region: null, population: null })
      }),
      { numRuns: 20 },
    )
    expect(() => createPlaces([])).toThrow('empty')
  })
})

describe('every place', () => {
  it('is found by its id', () => {
    for (const place of places) expect(all.findPlace(place.id)).toBe(place)
    expect(all.findPlace('atlantis-gr')).toBeUndefined()
    expect(all.findPlace('__proto__')).toBeUndefined()
  })

  it('is the nearest to its own coordinates', () => {
    for (const place of places)
      expect(all.nearestPlace(place.latitude, place.longitude)).toBe(place)
  })

  it('is found by its name, and by its name with its country', () => {
    fc.assert(
      fc.property(aPlace, (place) => {
        if (place === undefined) return
        expect(all.searchPlaces(place.name, { limit: 20 })).toContain(place)
        const named = `${place.name}, ${place.region ?? ''} ${place.country}`
        expect(all.searchPlaces(named, { limit: 3 })).toContain(place)
        const resolved = all.resolvePlace(`${place.name}, ${place.region ?? ''}`, place.country)
        expect([resolved?.country, resolved?.region]).toEqual([place.country, place.region])
      }),
      { numRuns: 300 },
    )
  })

  it('whose name is long enough is found in spite of a typing error', () => {
    const typo = fc.record({ place: aPlace, at: fc.nat(), letter: fc.constantFrom('a', 'e', 'x') })
    fc.assert(
      fc.property(typo, ({ place, at, letter }) => {
        if (place === undefined || place.name.length < 9) return
        const index = at % place.name.length
        const typed = `${place.name.slice(0, index)}${letter}${place.name.slice(index + 1)}`
        expect(all.searchPlaces(typed, { limit: 30 })).toContain(place)
      }),
      { numRuns: 200 },
    )
  })
})

const hostile = [
  'a '.repeat(50),
  'x'.repeat(1_000_000),
  'ﷺ'.repeat(200),
  '\ud800',
  '%_\\"\'',
  'san san san san san san san',
]

describe('the search', () => {
  const first = (query: string) => all.searchPlaces(query)[0]?.id

  it('finds what is typed so far, with accents or without', () => {
    for (const query of ['oslo', 'OSL', ' oslo ']) expect(first(query), query).toBe('oslo-no')
    for (const query of ['sao paulo', 'São Paulo', 'são p']) {
      expect(first(query), query).toBe('sao-paulo-br')
    }
    expect(first('saint petersb')).toBe('st-petersburg-ru')
    expect(first('st johns')).toBe('st-johns-ca')
    expect(first('new york')).toBe('new-york-us')
  })

  it('finds names with a typing error, behind those without', () => {
    expect(first('olso')).toBe('oslo-no')
    expect(first('copenhagn')).toBe('copenhagen-dk')
    expect(first('newyork')).toBe('new-york-us')
    expect(ids(all.searchPlaces('sidney'))).toEqual(['sidney-us', 'sydney-au', 'sydney-ca'])
  })

  it('puts the exact name first, then beginnings, then later words, each by population', () => {
    const found = all.searchPlaces('york', { limit: 4 })
    expect(ids(found)).toEqual(['york-gb', 'york-us', 'yorkton-ca', 'new-york-us'])
  })

  it('puts a small city of exactly the name before larger ones that only begin so', () => {
    expect(ids(all.searchPlaces('man', { limit: 2 }))).toEqual(['man-ci', 'manila-ph'])
  })

  it('understands words of the country and the region behind the name', () => {
    expect(first('london canada')).toBe('london-ca')
    expect(first('London, Ontario')).toBe('london-ca')
    expect(first('london uk')).toBe('london-gb')
    expect(first('springfield il')).toBe('springfield-illinois-us')
    expect(first('springfeild illinois')).toBe('springfield-illinois-us')
    expect(first('sarajevo bosnia and herz')).toBe('sarajevo-ba')
    expect(first('oslo norge')).toBe('oslo-no')
  })

  it('answers a country or region with its cities, the largest first', () => {
    expect(ids(all.searchPlaces('jamaica', { limit: 2 }))).toEqual([
      'kingston-jm',
      'spanish-town-jm',
    ])
    expect(first('bavaria bayern')).toBeUndefined()
    expect(first('bayern')).toBe('munich-de')
  })

  it('answers any text with at most as many places as asked for, each once', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...'aeinorst '), maxLength: 60 }),
      fc.constantFrom(...hostile),
    )
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 30 }), (query, limit) => {
        const found = all.searchPlaces(query, { limit })
        expect(found.length).toBeLessThanOrEqual(limit)
        expect(new Set(found).size).toBe(found.length)
        all.resolvePlace(query, query)
        expect(all.suggestPlaces(query, query).length).toBeLessThanOrEqual(5)
      }),
      { numRuns: 200 },
    )
  })
})

describe('a search that is meant to hurt', () => {
  const cost = (query: string): number => {
    const start = performance.now()
    all.searchPlaces(query)
    return performance.now() - start
  }

  it('costs little, in the fastest of some runs', () => {
    for (const query of hostile) {
      const costs = Array.from({ length: 5 }, () => cost(query))
      expect(Math.min(...costs), query.slice(0, 20)).toBeLessThan(50)
    }
  })
})

describe('a city by name', () => {
  const resolve = (city: string, country?: string) => all.resolvePlace(city, country)?.id

  it('is the largest of exactly that name, in the country that is said', () => {
    expect(resolve('oslo')).toBe('oslo-no')
    expect(resolve('OSLO', 'Norway')).toBe('oslo-no')
    expect(resolve('London')).toBe('london-gb')
    for (const country of ['Canada', 'CA', 'can'])
      expect(resolve('London', country)).toBe('london-ca')
    for (const country of ['UK', 'GB', 'United Kingdom']) {
      expect(resolve('London', country)).toBe('london-gb')
    }
    expect(resolve('Springfield, Illinois', 'US')).toBe('springfield-illinois-us')
    expect(resolve('Washington', 'US')).toBe('washington-dc-us')
  })

  it('may be one of its other names', () => {
    expect(resolve('Calcutta')).toBe('kolkata-in')
    expect(resolve('København', 'DK')).toBe('copenhagen-dk')
    expect(resolve('München')).toBe('munich-de')
  })

  it('is unknown when only nearly right or in another country, and suggestions come instead', () => {
    expect(resolve('Olso')).toBeUndefined()
    expect(resolve('Osl')).toBeUndefined()
    expect(resolve('')).toBeUndefined()
    expect(resolve('Oslo', 'Sweden')).toBeUndefined()
    expect(resolve('Oslo', 'Ruritania')).toBeUndefined()
    expect(ids(all.suggestPlaces('Olso'))).toEqual(['oslo-no'])
    expect(ids(all.suggestPlaces('Oslo', 'Sweden')).slice(0, 2)).toEqual([
      'oslo-no',
      'stockholm-se',
    ])
    expect(ids(all.suggestPlaces('Qqqq', 'Norway'))).toContain('bergen-no')
    expect(all.suggestPlaces('Qqqq')).toEqual([])
  })
})

describe('the largest place of a zone', () => {
  const largest = (zone: string) => all.largestPlaceOfZone(zone)?.id

  it('is the same for a zone and its links, in any case', () => {
    expect(largest('Europe/Oslo')).toBe('oslo-no')
    expect(largest('europe/oslo')).toBe('oslo-no')
    for (const zone of ['Asia/Calcutta', 'Asia/Kolkata']) expect(largest(zone)).toBe('mumbai-in')
    for (const zone of ['Europe/Kiev', 'Europe/Kyiv']) expect(largest(zone)).toBe('kyiv-ua')
    expect(largest('US/Pacific')).toBe('los-angeles-us')
    expect(largest('Asia/Chongqing')).toBe('shanghai-cn')
  })

  it('is none where no place is, and for what is no zone', () => {
    for (const zone of ['UTC', '+01:00', 'Mars/Olympus', '', 'x'.repeat(10_000)]) {
      expect(largest(zone), zone).toBeUndefined()
    }
  })

  it('is at least as large as any place of the zone', () => {
    fc.assert(
      fc.property(aPlace, (place) => {
        const zone = place?.zone ?? ''
        expect(all.largestPlaceOfZone(zone)?.population ?? 0).toBeGreaterThanOrEqual(
          place?.population ?? 0,
        )
      }),
    )
  })
})
