import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cities, findCities, folded } from './cities.ts'
import { abbreviation, isZone, offsetSeconds, zoneOf } from './zone.ts'

const january = Date.UTC(2026, 0, 15)
const july = Date.UTC(2026, 6, 15)

describe('the zone of a spot', () => {
  it('is that of a city near by', () => {
    expect(zoneOf({ latitude: 60, longitude: 10.8 })).toBe('Europe/Oslo')
    expect(zoneOf({ latitude: 28.6, longitude: 77.2 })).toBe('Asia/Kolkata')
  })

  it('is that of the longitude elsewhere', () => {
    expect(zoneOf({ latitude: 0, longitude: -30 })).toBe('Etc/GMT+2')
    expect(zoneOf({ latitude: 0, longitude: 0 })).toBe('Etc/GMT')
    expect(zoneOf({ latitude: 60, longitude: 100 })).toBe('Etc/GMT-7')
  })

  it('always exists', () => {
    const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true })
    fc.assert(
      fc.property(degrees(90), degrees(180), (latitude, longitude) => {
        const zone = zoneOf({ latitude, longitude })
        expect(isZone(zone)).toBe(true)
        expect(Math.abs(offsetSeconds(zone, july))).toBeLessThanOrEqual(14 * 3600)
      }),
    )
  })

  it('has its offset by the season', () => {
    expect(offsetSeconds('Europe/Oslo', january)).toBe(3600)
    expect(offsetSeconds('Europe/Oslo', july)).toBe(7200)
    expect(offsetSeconds('America/St_Johns', january)).toBe(-12_600)
    expect(offsetSeconds('Etc/GMT-7', july)).toBe(25_200)
    expect(offsetSeconds('GMT', july)).toBe(0)
    expect(abbreviation('Europe/Oslo', july)).toBe('GMT+2')
    expect(isZone('Mars/Olympus')).toBe(false)
    expect(isZone('')).toBe(false)
  })
})

describe('the cities', () => {
  it('have ids of their own and zones that exist', () => {
    expect(new Set(cities.map(({ id }) => id)).size).toBe(cities.length)
    for (const { zone } of cities) expect(isZone(zone)).toBe(true)
  })

  it('are found without accents and in other languages, the largest first', () => {
    const named = (text: string) => findCities((name) => name === folded(text))
    expect(named('sao paulo').map(({ country }) => country)).toEqual(['BR'])
    expect(named('TROMSO').map(({ name }) => name)).toEqual(['Tromsø'])
    expect(named('Wien').map(({ name }) => name)).toEqual(['Vienna'])
    expect(named('Paris').map(({ country }) => country)).toEqual(['FR', 'US'])
    expect(named('Atlantis')).toEqual([])
  })
})
