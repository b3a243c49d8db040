import type { RequestListener } from 'node:http'
import { systemClock } from '@flux/runtime'
import { fixtureHttp } from '@flux/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { article, errorOf, pageOf } from './articles.fixture.ts'
import { createNewsData } from './newsdata.ts'

const apiKey = 'pub_not-a-real-key'

const ask = async (handler: RequestListener) => {
  const server = await fixtureHttp(handler)
  onTestFinished(() => server.close())
  const url = `${server.url}/api/1`
  const news = createNewsData({ url, apiKey, language: 'en', clock: systemClock })
  return await news.latest('politics', new AbortController().signal)
}

const answer =
  (status: number, body: unknown): RequestListener =>
  (_, response) => {
    response.statusCode = status
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }

describe('the call', () => {
  it('asks for one page of a category, the key in the header alone', async () => {
    let asked: URL | undefined
    let key: unknown
    const page = await ask((request, response) => {
      asked = new URL(request.url ?? '', 'http://provider')
      key = request.headers['x-access-key']
      response.setHeader('X-RateLimit-Remaining', '29')
      response.setHeader('X-API-Limit-Remaining', '120')
      response.end(JSON.stringify(pageOf([article('a')])))
    })
    expect(page.stories).toMatchObject([{ id: 'a', category: 'politics' }])
    expect(page.left).toEqual({ burst: 29, day: 120 })
    expect(key).toBe(apiKey)
    expect(asked?.pathname).toBe('/api/1/latest')
    expect(Object.fromEntries(asked?.searchParams ?? [])).toEqual({
      category: 'politics',
      language: 'en',
      size: '10',
    })
  })

  it('reads the credits left in their other spelling, and does without', async () => {
    const page = await ask((_, response) => {
      response.setHeader('x_rate_limit_remaining', '3')
      response.setHeader('x_api_limit_remaining', 'many')
      response.end(JSON.stringify(pageOf([])))
    })
    expect(page.left).toEqual({ burst: 3, day: undefined })
  })

  it.each([
    ['missing parameter', 400, errorOf('ParameterMissing'), { code: 'http_400', retryable: false }],
    ['wrong key', 401, errorOf('Unauthorized'), { code: 'http_401', retryable: false }],
    [
      'wrong key, said with 200',
      200,
      errorOf('Unauthorized'),
      { code: 'http_401', retryable: false },
    ],
    ['address not allowed', 403, errorOf('AccessDenied'), { code: 'http_403', retryable: false }],
    [
      'duplicate parameter',
      409,
      errorOf('ParameterDuplicate'),
      { code: 'http_409', retryable: false },
    ],
    [
      'unsupported type',
      415,
      errorOf('UnsupportedMediaType'),
      { code: 'http_415', retryable: false },
    ],
    ['unprocessable', 422, errorOf('UnsupportedFilter'), { code: 'http_422', retryable: false }],
    ['the limit', 429, errorOf('RateLimitExceeded'), { code: 'http_429', retryable: true }],
    [
      'the limit, said with 200',
      200,
      errorOf('ApiLimitExceeded'),
      { code: 'http_429', retryable: true },
    ],
    ['server error', 500, errorOf('InternalServerError'), { code: 'http_500', retryable: true }],
    ['HTML', 200, '<html></html>', { code: 'bad_json', retryable: true }],
    ['half a body', 200, '{"status":"succ', { code: 'bad_json', retryable: true }],
    ['null', 200, 'null', { code: 'bad_shape', retryable: false }],
  ])(
    'fails with a code, and without the key in its words: %s',
    async (_, status, body, expected) => {
      const failure = await ask(answer(status, body)).catch((error: unknown) => error)
      expect(failure).toMatchObject({ name: 'ProviderError', ...expected })
      expect(JSON.stringify([String(failure), failure])).not.toContain(apiKey)
    },
  )

  it('says that it is the key, and obeys a wait', async () => {
    await expect(ask(answer(401, errorOf('Unauthorized')))).rejects.toThrow(
      'the key is not accepted',
    )
    const limited = ask((_, response) => {
      response.statusCode = 429
      response.setHeader('retry-after', '900')
      response.end('{}')
    })
    await expect(limited).rejects.toMatchObject({ retryAfterMs: 900_000 })
  })
})
