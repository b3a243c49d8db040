import { newsHeadlines } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { now } from '../stories.fixture.ts'
import { readArticle, refusals, webUrl } from './article.ts'
import { article } from './articles.fixture.ts'

const options = { category: 'technology', now } as const
const read = (patch: Readonly<Record<string, unknown>>) => readArticle(article('a', patch), options)

describe('an article', () => {
  it('becomes a story of the category that was asked for', () => {
    expect(read({})).toEqual({
      id: 'a',
      title: 'Markets move on a',
      url: 'https://paper.example/a',
      summary: 'What is known about a.',
      imageUrl: 'https://paper.example/image.jpg',
      source: 'The Paper',
      category: 'technology',
      publishedAt: Date.UTC(2026, 2, 1, 11),
    })
  })

  it('is text without markup and without mail addresses', () => {
    const story = read({
      title: '<b>Rates</b> &amp; risks',
      description: '<p>By Bo Day (bo@paper.example)</p><p>More</p>',
      source_name: 'Ann Lee &lt;ann@paper.example&gt;',
    })
    expect(story).toMatchObject({
      title: 'Rates & risks',
      summary: 'By Bo Day More',
      source: 'Ann Lee',
    })
  })

  it.each([
    [{ description: 'ONLY AVAILABLE IN PAID PLANS' }, { summary: null }],
    [{ description: null }, { summary: null }],
    [{ description: 'Markets move on a' }, { summary: null }],
    [{ image_url: 'ONLY AVAILABLE IN PAID PLANS' }, { imageUrl: null }],
    [{ image_url: 'javascript:alert(1)' }, { imageUrl: null }],
    [{ image_url: undefined }, { imageUrl: null }],
    [{ source_name: null }, { source: 'paper' }],
    [{ source_name: 'ONLY AVAILABLE IN PAID PLANS', source_id: null }, { source: 'paper.example' }],
    [{ source_name: 'ann@paper.example', source_id: 7 }, { source: 'paper.example' }],
    [{ pubDate: '2026-03-02 11:00:00' }, { publishedAt: now }],
    [{ pubDateTZ: null }, { publishedAt: Date.UTC(2026, 2, 1, 11) }],
  ])('goes without what it does not have: %j', (patch, expected) => {
    expect(read(patch)).toMatchObject(expected)
  })

  it("takes the source out of a title of Google's feed, and no headlines of others for a summary", () => {
    const story = read({
      title: 'Rates fall - again - The Paper',
      link: 'https://news.google.com/rss/articles/abc?oc=5',
      description: 'Rates fall - again The PaperOther headline Other Paper',
      source_name: 'Google News',
    })
    expect(story).toMatchObject({ title: 'Rates fall - again', source: 'The Paper', summary: null })
  })

  it('is cut to what a list has room for', () => {
    const story = read({ title: 'word '.repeat(100), description: 'word '.repeat(2_000) })
    if (typeof story === 'string') throw new Error(story)
    expect(story.title.length).toBeLessThanOrEqual(300)
    expect(story.summary?.length).toBeLessThanOrEqual(400)
  })

  it.each([
    ['malformed', { article_id: null }],
    ['malformed', { pubDate: 5 }],
    ['repeat', { duplicate: true }],
    ['title', { title: null }],
    ['title', { title: '<img src=x>' }],
    ['title', { title: 'ONLY AVAILABLE IN PAID PLANS' }],
    ['link', { link: 'javascript:alert(1)' }],
    ['link', { link: 'ftp://paper.example/a' }],
    ['link', { link: 'https://user:word@paper.example/a' }],
    ['link', { link: `https://paper.example/${'a'.repeat(2_048)}` }],
    ['link', { link: null }],
    ['date', { pubDate: 'yesterday' }],
    ['date', { pubDateTZ: 'IST' }],
  ])('is refused: %s %j', (why, patch) => {
    expect(read(patch)).toBe(why)
  })

  it('is refused or fits the contract, whatever comes', () => {
    const text = fc.oneof(fc.string(), fc.webUrl(), fc.string({ unit: 'binary' }))
    const value = fc.oneof(fc.jsonValue(), text)
    const names = Object.keys(article('a'))
    const patch = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4 })
    fc.assert(
      fc.property(
        fc.oneof(
          patch.map((p) => article('a', p)),
          fc.jsonValue(),
        ),
        (item) => {
          const story = readArticle(item, options)
          if (typeof story === 'string') {
            expect(refusals).toContain(story)
            return
          }
          const list = { at: now, stories: [story] }
          expect(newsHeadlines.schema.safeParse(list)).toMatchObject({ success: true })
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('an address', () => {
  it.each([
    ["https://paper.example/it's?a=b c", 'https://paper.example/it%27s?a=b%20c'],
    ['HTTP://Paper.Example/a"b<c>', 'http://paper.example/a%22b%3Cc%3E'],
    ['https:\\\\paper.example\\a', 'https://paper.example/a'],
  ])('is written as a browser writes it: %s', (given, href) => {
    expect(webUrl(given)).toBe(href)
  })

  it.each(['', 'paper.example', 'data:text/html,x', ' java\tscript:alert(1)', '//paper.example'])(
    'is refused: %s',
    (given) => {
      expect(webUrl(given)).toBeUndefined()
    },
  )
})
