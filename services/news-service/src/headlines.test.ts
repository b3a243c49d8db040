import { newsCategories, newsHeadlines } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxAgeMs, maxStories, mergeStories } from './headlines.ts'
import { linkKey, titleKey } from './same-story.ts'
import { now, story } from './stories.fixture.ts'
import type { Story } from './values.ts'

const idsOf = (stories: readonly Story[]) => stories.map(({ id }) => id)
const many = (count: number, category: Story['category'], from = 0) =>
  Array.from({ length: count }, (_, i) => story(`${category}-${i}`, from + i, { category }))

describe('the list', () => {
  it('is newest first, by id where the time is the same', () => {
    const stories = mergeStories(
      [story('old', 9)],
      [story('b', 5), story('new', 1), story('a', 5)],
      now,
    )
    expect(idsOf(stories)).toEqual(['new', 'a', 'b', 'old'])
  })

  it('keeps what the page does not have for 48 hours', () => {
    const minutes = maxAgeMs / 60_000
    const held = [story('kept', minutes - 1), story('gone', minutes)]
    expect(idsOf(mergeStories(held, [story('new', 1)], now))).toEqual(['new', 'kept'])
  })

  it('has a story that came again with its newest words, where and when it was', () => {
    const held = story('a', 60, { category: 'politics' })
    const again = story('a', 5, { title: 'Corrected', category: 'business' })
    expect(mergeStories([held], [again], now)).toEqual([
      { ...held, title: 'Corrected', category: 'politics' },
    ])
  })

  it('has of copies the first that was published', () => {
    const first = story('first', 30)
    const sameLink = story('link', 20, { url: `${first.url}/?utm_source=x` })
    const sameTitle = story('title', 10, { title: first.title.toUpperCase() })
    expect(idsOf(mergeStories([sameTitle], [sameLink, first], now))).toEqual(['first'])
  })

  it('has its share of every category, and more where others have less', () => {
    const busy = many(80, 'business')
    const others = [...many(30, 'politics', 500), ...many(5, 'technology', 900)]
    const stories = mergeStories(others, busy, now)
    const counts = Object.fromEntries(
      [...Map.groupBy(stories, (s) => s.category)].map(([category, list]) => [
        category,
        list.length,
      ]),
    )
    expect(counts).toEqual({ business: 35, politics: 20, technology: 5 })
  })

  it('fits into a record when all stories are as large as they may be, the oldest left out', () => {
    const large = Array.from({ length: 60 }, (_, i) =>
      story(`${'字'.repeat(97)}${i}`, i, {
        title: `${i} ${'字'.repeat(290)}`,
        summary: '字'.repeat(500),
        source: '字'.repeat(100),
        url: `https://news.example/${i}/${'a'.repeat(2_020)}`,
        imageUrl: `https://news.example/${'a'.repeat(2_020)}`,
      }),
    )
    const stories = mergeStories([], large, now)
    expect(stories.length).toBeGreaterThan(10)
    expect(stories).toEqual(large.slice(0, stories.length))
    const bytes = Buffer.byteLength(JSON.stringify({ stories, at: now }))
    expect(bytes).toBeLessThanOrEqual(newsHeadlines.maxBytes)
  })
})

const stories = fc.array(
  fc
    .record({
      id: fc.integer({ min: 0, max: 150 }),
      minutes: fc.integer({ min: 0, max: 60 * 50 }),
      link: fc.integer({ min: 0, max: 120 }),
      title: fc.integer({ min: 0, max: 120 }),
      category: fc.constantFrom(...newsCategories),
    })
    .map(({ id, minutes, link, title, category }) =>
      story(`s${id}`, minutes, {
        url: `https://news.example/${link}?utm_source=${id}`,
        title: `${'-'.repeat(id % 3)} Title ${title}`,
        category,
      }),
    ),
  { maxLength: 150 },
)

const unique = fc.uniqueArray(
  stories.map(([first]) => first ?? story('s', 1)),
  {
    selector: ({ id }) => id,
    maxLength: 80,
  },
)

describe('the list of any stories', () => {
  it('has each page and title once, at most 60, sorted, young enough, and fits the contract', () => {
    fc.assert(
      fc.property(stories, stories, (held, fresh) => {
        const list = mergeStories(held, fresh, now)
        expect(list.length).toBeLessThanOrEqual(maxStories)
        expect(newsHeadlines.schema.safeParse({ stories: list, at: now }).success).toBe(true)
        for (const keys of [
          list.map(({ id }) => id),
          list.map(({ url }) => linkKey(url)),
          list.map(({ title }) => titleKey(title)),
        ]) {
          expect(new Set(keys).size).toBe(keys.length)
        }
        const times = list.map(({ publishedAt }) => publishedAt)
        expect(times).toEqual(times.toSorted((a, b) => b - a))
        for (const at of times) expect(at).toBeGreaterThan(now - maxAgeMs)
      }),
    )
  })

  it('loses no story that is young enough but for a copy of it, while there is room', () => {
    fc.assert(
      fc.property(unique, (fresh) => {
        const list = mergeStories([], fresh, now)
        if (list.length === maxStories) return
        const links = new Set(list.map(({ url }) => linkKey(url)))
        const titles = new Set(list.map(({ title }) => titleKey(title)))
        for (const { url, title, publishedAt } of fresh) {
          if (publishedAt <= now - maxAgeMs) continue
          expect(links.has(linkKey(url)) || titles.has(titleKey(title))).toBe(true)
        }
      }),
    )
  })

  it('does not change when nothing new comes, nor with the order of the page', () => {
    fc.assert(
      fc.property(unique, stories, (fresh, held) => {
        const list = mergeStories(held, fresh, now)
        expect(mergeStories(list, [], now)).toEqual(list)
        expect(mergeStories(list, list, now)).toEqual(list)
        expect(mergeStories(held, fresh.toReversed(), now)).toEqual(list)
      }),
    )
  })

  it('keeps a share of a category that fails, however much the others bring', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 200 }),
        (own, others) => {
          const held = many(own, 'politics', 1_000)
          const list = mergeStories(held, many(others, 'business'), now)
          const kept = list.filter(({ category }) => category === 'politics').length
          expect(kept).toBeGreaterThanOrEqual(Math.min(own, 30))
        },
      ),
    )
  })
})
