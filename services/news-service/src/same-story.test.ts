import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkKey, titleKey } from './same-story.ts'

describe('the key of a link', () => {
  const plain = linkKey('https://paper.example/a/story')

  it.each([
    'http://paper.example/a/story',
    'https://www.paper.example/a/story/',
    'https://m.paper.example/a/story#comments',
    'https://amp.paper.example/a/story/amp/',
    'https://PAPER.example:443/a/story?utm_source=feed&utm_medium=rss&fbclid=1',
  ])('is the same for the same page: %s', (link) => {
    expect(linkKey(link)).toBe(plain)
  })

  it.each([
    'https://paper.example/a/other',
    'https://paper.example/a/Story',
    'https://paper.example/a/story?id=2',
    'https://news.paper.example/a/story',
    'https://www.example/a/story',
  ])('is another one for another page: %s', (link) => {
    expect(linkKey(link)).not.toBe(plain)
  })

  it('does not depend on tracking, the fragment or the order of parameters', () => {
    const name = fc.stringMatching(/^[b-e]{1,3}$/)
    const pairs = fc.array(fc.tuple(name, fc.stringMatching(/^\w{0,4}$/)), { maxLength: 4 })
    fc.assert(
      fc.property(fc.webUrl(), pairs, fc.stringMatching(/^\w{1,5}$/), (base, parameters, mark) => {
        const one = new URL(base)
        const other = new URL(base)
        for (const [key, value] of parameters) one.searchParams.append(key, value)
        for (const [key, value] of parameters.toReversed()) other.searchParams.append(key, value)
        other.searchParams.append(`utm_${mark}`, mark)
        other.hash = mark
        expect(linkKey(other.href)).toBe(linkKey(one.href))
      }),
    )
  })
})

describe('the key of a title', () => {
  it('is the same whatever its case, spacing, punctuation and form of letters', () => {
    expect(titleKey('  “Rates” fall — again! ')).toBe(titleKey('rates FALL, again'))
    expect(titleKey('ｆｕｌｌ width ①')).toBe(titleKey('full width 1'))
    expect(titleKey('cafe\u0301')).toBe(titleKey('café'))
  })

  it('is another one for other words, in any script, and for signs alone', () => {
    expect(titleKey('rates fall')).not.toBe(titleKey('rates rise'))
    expect(titleKey('금리 인하')).not.toBe(titleKey('금리 인상'))
    expect(titleKey('???')).not.toBe(titleKey('!!!'))
  })

  it('is its own key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        expect(titleKey(titleKey(title))).toBe(titleKey(title))
      }),
    )
  })
})
