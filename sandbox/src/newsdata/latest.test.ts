import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cursorOf, headOf, numberAt } from './head.ts'
import { latest } from './latest.ts'
import { type NewsQuery, parseQuery } from './query.ts'

const time = Date.UTC(2026, 0, 5, 12)
const everything: NewsQuery = {
  ...{ text: '', countries: [], languages: [], categories: [], size: 10, before: undefined },
}
const ask = (query: Partial<NewsQuery> = {}, at = time, seed = 1) =>
  latest({ ...everything, ...query }, { seed, time: at })
const days = (count: number) => ask({ size: count * 1_440 }).results

describe('the latest news', () => {
  it('are decided by the seed and the time', () => {
    expect(ask({}, time, 5)).toEqual(ask({}, time, 5))
    expect(ask({}, time, 5)).not.toEqual(ask({}, time, 6))
  })

  it('are newest first and never of the future', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.nat(), (later, seed) => {
        const dates = ask({}, time + later, seed).results.map(({ pubDate }) => pubDate)
        const now = new Date(time + later).toISOString().replace('T', ' ')
        expect(dates).toEqual(dates.toSorted().reverse())
        expect(dates[0]?.localeCompare(now)).toBe(-1)
        expect(dates).toHaveLength(10)
      }),
      { numRuns: 20 },
    )
  })

  it('gain stories as time passes, and keep those that were there', () => {
    const before = ask({ size: 5 }).results
    const after = ask({ size: 100 }, time + 30 * 60_000).results
    expect(after.slice(0, 10)).not.toContainEqual(before[0])
    for (const story of before) expect(after).toContainEqual(story)
  })

  it('page without a gap or a repetition to the end', () => {
    const query = { categories: ['politics'], languages: ['en'] }
    const whole = ask({ ...query, size: 5_000 })
    const ids: string[] = []
    let before: number | undefined
    do {
      const page = ask({ ...query, before })
      ids.push(...page.results.map(({ article_id: id }) => id))
      before = page.nextPage === null ? undefined : numberAt(page.nextPage)
    } while (before !== undefined)
    expect(ids).toEqual(whole.results.map(({ article_id: id }) => id))
    expect([ids.length, new Set(ids).size]).toEqual([whole.totalResults, whole.totalResults])
  })

  it('are only of what was asked for', () => {
    for (const story of ask({ categories: ['business'], countries: ['de', 'at'] }).results) {
      expect(story.category).toContain('business')
      expect(['germany', 'austria']).toContain(story.country[0])
    }
    expect(ask({ languages: ['es'] }).results[0]?.language).toBe('spanish')
    expect(ask({ languages: ['ja'] })).toMatchObject({ totalResults: 0, nextPage: null })
    expect(ask({ text: 'chip' }).results[0]?.title?.toLowerCase()).toContain('chip')
  })

  it('have all the quirks of the real ones', () => {
    const stories = days(2)
    const some = (test: (story: (typeof stories)[number]) => boolean) =>
      expect(stories.filter(test).length).toBeGreaterThan(0)
    some(({ title }) => title === null)
    some(({ link }) => link.startsWith('javascript:'))
    some(({ link }) => link.startsWith('https://news.google.com/rss/'))
    some(({ creator }) => creator?.some((name) => name.includes('@')) ?? false)
    some(({ creator }) => creator === null)
    some(({ description }) => description === null)
    some(({ description }) => /<script>|<p>/.test(description ?? ''))
    some(({ description }) => (description ?? '').includes('&#8217;'))
    some(({ description }) => (description ?? '').length > 3_000)
    some(({ image_url: image }) => image === null)
    some(({ source_icon: icon }) => icon === null)
    some(({ keywords }) => keywords === null)
    some(({ duplicate }) => duplicate)
    expect(stories.every(({ ai_org: org }) => org.startsWith('ONLY AVAILABLE IN'))).toBe(true)
  })

  it('repeat about one story in ten, in the same category and language', () => {
    const heads = Array.from({ length: 2_000 }, (_, i) => headOf(3, 29_000_000 + i))
    const repeats = heads.filter(({ original }) => original)
    expect(repeats.length).toBeGreaterThan(100)
    for (const { original, category, source } of repeats) {
      expect(original).toMatchObject({ category })
      expect(original?.source.language).toBe(source.language)
    }
    const titles = days(2).map(({ title }) => title?.trim().toLowerCase().replaceAll(/\s+/g, ' '))
    expect(new Set(titles).size).toBeLessThan(titles.length)
  })
})

describe('a request for news', () => {
  const refused = (query: Record<string, unknown>) => {
    const parsed = parseQuery(query)
    return 'status' in parsed ? [parsed.status, parsed.body.results.code] : undefined
  }

  it('is read with its lists', () => {
    expect(parseQuery({ country: 'us, GB', category: 'business', size: '3' })).toEqual({
      ...{ ...everything, countries: ['us', 'gb'], categories: ['business'], size: 3 },
    })
  })

  it('is refused for what the plan or the API does not know', () => {
    expect(refused({ size: '11' })).toEqual([422, 'UnsupportedFilter'])
    expect(refused({ category: 'gossip' })).toEqual([422, 'UnsupportedFilter'])
    expect(refused({ country: 'us,gb,in,ca,au,de' })).toEqual([422, 'UnsupportedFilter'])
    expect(refused({ language: 'english' })).toEqual([422, 'UnsupportedFilter'])
    expect(refused({ page: '2' })).toEqual([422, 'UnsupportedFilter'])
    expect(refused({ colour: 'red' })).toEqual([422, 'UnsupportedFilter'])
    expect(refused({ country: ['us', 'gb'] })).toEqual([409, 'ParameterDuplicate'])
    expect(refused({})).toBeUndefined()
  })

  it('never makes the reader throw', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.anything()), (q) => void parseQuery(q)))
  })

  it('names a page with 19 digits that lead back to the story', () => {
    fc.assert(
      fc.property(fc.integer({ min: 25_000_000, max: 40_000_000 }), (number) => {
        const cursor = cursorOf(headOf(1, number))
        expect([cursor.length, numberAt(cursor)]).toEqual([19, number])
      }),
    )
  })
})
