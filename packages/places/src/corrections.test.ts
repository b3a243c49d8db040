import { describe, expect, it } from 'vitest'
import { citiesOf, firstOfName, readRows, rowName } from './city-list.ts'
import { foreignPopulation, missingCodes, missingZones, repeated } from './corrections.ts'
import { otherNames } from './other-names.ts'

const rows = readRows().filter((row) => typeof row === 'object' && row !== null)
const byName = Map.groupBy(
  rows.map((row) => ({ ...row })),
  rowName,
)

describe('the corrections', () => {
  it('each mean one row that the list still has', () => {
    const names = [missingZones, otherNames].flatMap((table) => Object.keys(table))
    for (const name of [...names, ...foreignPopulation, ...repeated]) {
      expect(byName.get(name), name).toHaveLength(1)
    }
  })

  it('give a zone only where the list has none', () => {
    for (const name of Object.keys(missingZones)) {
      expect(byName.get(name)?.[0], name).toMatchObject({ timezone: null })
    }
  })

  it('give a code only where the list has none', () => {
    for (const country of Object.keys(missingCodes)) {
      const codes = rows.filter((row) => 'country' in row && row.country === country)
      expect(codes.length, country).toBeGreaterThan(0)
      for (const row of codes)
        expect(row).not.toHaveProperty('iso2', expect.stringMatching(/^[A-Z]{2}$/))
    }
  })

  it('leave out of the list only what is in it twice', () => {
    const cities = firstOfName(citiesOf(rows))
    expect(rows.length - cities.length).toBe(repeated.size + 1)
    expect(cities.filter(({ name }) => name === 'Bandar Lampung')).toHaveLength(1)
  })
})
