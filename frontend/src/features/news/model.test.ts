import { describe, expect, it } from 'vitest'
import {
  filtersOf,
  formatAgo,
  isFitPicture,
  newerCount,
  type Story,
  storiesFor,
  toFilter,
} from './model.ts'

const story = (facts: Partial<Story>): Story => ({
  ...{ id: 'a', title: 'Title', url: 'https://example.org/', summary: null, imageUrl: null },
  ...{ source: 'Example', category: 'world', publishedAt: 0 },
  ...facts,
})

describe('formatAgo', () => {
  it.each([
    [-5_000, 'just now'],
    [59_999, 'just now'],
    [12 * 60_000, '12 min ago'],
    [5 * 3_600_000, '5 h ago'],
    [50 * 3_600_000, '2 d ago'],
  ])('shows %d ms as %s', (ms, text) => {
    expect(formatAgo(ms)).toBe(text)
  })
})

describe('filtersOf', () => {
  it('offers what there is, in the order of the contract, and keeps what was chosen', () => {
    const stories = [story({ category: 'world' }), story({ category: 'business' })]
    expect(filtersOf(stories, 'all')).toEqual(['all', 'business', 'world'])
    expect(filtersOf([], 'science')).toEqual(['all', 'science'])
  })

  it('takes an unknown text for all', () => {
    expect(toFilter('science')).toBe('science')
    expect(toFilter('sports')).toBe('all')
  })
})

describe('storiesFor', () => {
  const stories = [
    story({ id: '1', title: 'Größte Bank wächst', category: 'business' }),
    story({ id: '2', summary: 'A bank of moss', category: 'science' }),
    story({ id: '3', source: 'The Bank Post' }),
  ]
  const idsFor = (filter: 'all' | 'business' | 'politics', typed: string) =>
    storiesFor(stories, { filter, typed }).map(({ id }) => id)

  it('searches titles, summaries and sources', () => {
    expect(idsFor('all', 'bank')).toEqual(['1', '2', '3'])
    expect(idsFor('all', 'moss bank')).toEqual(['2'])
    expect(idsFor('all', 'große wachst')).toEqual([])
    expect(idsFor('all', 'wachst')).toEqual(['1'])
  })

  it('stays in the category', () => {
    expect(idsFor('business', 'bank')).toEqual(['1'])
    expect(idsFor('politics', '')).toEqual([])
  })
})

describe('newerCount', () => {
  it('counts what is not shown yet, and not what has gone', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => story({ id }))
    if (!a || !b || !c) throw new Error('There are three.')
    expect(newerCount([c, b], [b, a])).toBe(1)
    expect(newerCount([b], [b, a])).toBe(0)
  })
})

describe('isFitPicture', () => {
  it('leaves out tracking dots and giants', () => {
    expect(isFitPicture(1_200, 800)).toBe(true)
    expect(isFitPicture(1, 1)).toBe(false)
    expect(isFitPicture(12_000, 9_000)).toBe(false)
  })
})
