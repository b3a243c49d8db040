import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { now } from '../stories.fixture.ts'
import { article, errorOf, pageOf } from './articles.fixture.ts'
import { readLatest } from './newsdata-reply.ts'

const options = { category: 'business', now } as const

describe('a reply', () => {
  it('loses a bad article, not the page, and says what was wrong', () => {
    const articles = [
      article('a'),
      article('b', { title: null }),
      article('c', { duplicate: true }),
      null,
      article('d'),
    ]
    const { stories, refused } = readLatest(pageOf(articles), options)
    expect(stories.map(({ id }) => id)).toEqual(['a', 'd'])
    expect(Object.fromEntries(refused)).toEqual({ title: 1, repeat: 1, malformed: 1 })
  })

  it('may be empty, or full of what is known from elsewhere', () => {
    expect(readLatest(pageOf([]), options).stories).toEqual([])
    expect(readLatest(pageOf([article('a', { duplicate: true })]), options).stories).toEqual([])
  })

  it.each([
    ['the key is refused', errorOf('Unauthorized'), 'http_401', false],
    [
      'the key is refused, in a list',
      { ...errorOf(''), results: [{ code: 'Unauthorized' }] },
      'http_401',
      false,
    ],
    ['the day is used up', errorOf('ApiLimitExceeded'), 'http_429', true],
    ['the 15 minutes are used up', errorOf('RateLimitExceeded'), 'http_429', true],
    ['a filter is not known', errorOf('UnsupportedFilter'), 'provider_error', false],
    ['the error has no code', { status: 'error', results: {} }, 'bad_shape', false],
    ['the error is a list of nothing', { status: 'error', results: [] }, 'bad_shape', false],
    ['there is no list', { status: 'success' }, 'bad_shape', false],
    ['there is no status', { results: [article('a')] }, 'bad_shape', false],
    ['no article can be read', pageOf([{}, {}]), 'bad_shape', false],
    ['it is nothing', null, 'bad_shape', false],
  ])('is an error when %s, whatever the HTTP status', (_, body, code, retryable) => {
    expect(() => readLatest(body, options)).toThrow(expect.objectContaining({ code, retryable }))
  })

  it("never quotes the provider's words, in which the key may stand", () => {
    const body = errorOf('Bad key pub_secret', 'The key pub_secret is not valid')
    expect(() => readLatest(body, options)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('pub_secret') }),
    )
  })

  it('is read or refused with a code, whatever comes', () => {
    const body = fc.record(
      {
        status: fc.constantFrom('success', 'error', 'other', 1),
        results: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), body), (given) => {
        try {
          expect(readLatest(given, options).stories).toBeDefined()
        } catch (error) {
          expect(error).toMatchObject({ name: 'ProviderError', code: expect.any(String) })
        }
      }),
    )
  })
})
