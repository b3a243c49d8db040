import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { type FixtureHttp, fixtureHttp } from '@flux/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { systemClock } from '../clock.ts'
import { ProviderError } from '../errors.ts'
import { type FetchJsonOptions, fetchJson } from './fetch-json.ts'

const schema = z.object({ price: z.number() })
const key = 'SECRET-KEY-123'

const servers: FixtureHttp[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

const get = async (
  handler: RequestListener,
  options: Partial<FetchJsonOptions<{ price: number }>> = {},
) => {
  const server = await fixtureHttp(handler)
  servers.push(server)
  return fetchJson({
    provider: 'acme',
    url: `${server.url}/v1/price?apikey=${key}`,
    headers: { 'x-api-key': key },
    timeoutMs: 5_000,
    maxBytes: 10_000,
    schema,
    signal: new AbortController().signal,
    ...options,
  })
}

/** The error of a call that must fail; no part of it may hold the key. */
const failure = async (
  handler: RequestListener,
  options: Partial<FetchJsonOptions<{ price: number }>> = {},
): Promise<ProviderError> => {
  const error: unknown = await get(handler, options).catch((thrown: unknown) => thrown)
  if (!(error instanceof ProviderError)) throw new Error(`not a provider error: ${error}`)
  expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain('SECRET')
  expect(error.cause).toBeUndefined()
  expect(error.provider).toBe('acme')
  return error
}

const send =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers).end(body)
  }

describe('fetchJson', () => {
  it('sends the headers and gives back the checked value with the reply’s headers', async () => {
    const seen: unknown[] = []
    const reply = await get((request, response) => {
      seen.push(request.headers['x-api-key'], request.headers.accept, request.url)
      response.writeHead(200, { 'x-remaining': '7' }).end('{"price":1.5,"more":true}')
    })
    expect(reply.value).toEqual({ price: 1.5 })
    expect(reply.headers.get('x-remaining')).toBe('7')
    expect(seen).toEqual([key, 'application/json', `/v1/price?apikey=${key}`])
  })

  it('tells how long every call took, whatever came of it', async () => {
    const calls: [string, boolean][] = []
    const onCall = (provider: string, seconds: number) =>
      void calls.push([provider, seconds >= 0 && seconds < 5])
    await get(send(200, '{"price":1}'), { onCall })
    await failure(send(500, 'oops'), { onCall })
    expect(calls).toEqual([
      ['acme', true],
      ['acme', true],
    ])
  })

  it('names host and path in its messages, and nothing else of the address', async () => {
    const error = await failure(send(500, 'oops'))
    expect(error.message).toMatch(/^acme: 127\.0\.0\.1:\d+\/v1\/price: HTTP status 500$/)
  })

  it('knows which status is worth another try', async () => {
    const retryable = {
      408: true,
      429: true,
      500: true,
      503: true,
      400: false,
      401: false,
      404: false,
    }
    for (const [status, expected] of Object.entries(retryable)) {
      const error = await failure(send(Number(status), `{"key":"${key}"}`))
      expect(error).toMatchObject({
        code: `http_${status}`,
        status: Number(status),
        retryable: expected,
      })
    }
  })

  it('obeys Retry-After in seconds and as a date', async () => {
    const clock = { ...systemClock, now: () => Date.parse('2026-01-02T03:04:05Z') }
    const inSeconds = await failure(send(429, '', { 'retry-after': '30' }), { clock })
    expect(inSeconds.retryAfterMs).toBe(30_000)
    const date = 'Fri, 02 Jan 2026 03:04:15 GMT'
    const asDate = await failure(send(503, '', { 'retry-after': date }), { clock })
    expect(asDate.retryAfterMs).toBe(10_000)
    expect((await failure(send(503, ''))).retryAfterMs).toBeUndefined()
  })

  it('does not carry its headers along a redirect', async () => {
    let followed = false
    const error = await failure((request, response) => {
      followed ||= request.url === '/other'
      response.writeHead(302, { location: '/other' }).end()
    })
    expect(error).toMatchObject({ code: 'http_302', retryable: false })
    expect(followed).toBe(false)
  })

  it('refuses what is not JSON: pages, half answers, nothing, broken text', async () => {
    for (const body of ['<html>SECRET</html>', '{"price":1', '', Buffer.from([0x22, 0xff, 0x22])]) {
      const error = await failure(send(200, body))
      expect(error).toMatchObject({ code: 'bad_json', retryable: true })
    }
  })

  it('refuses another shape and says where, without the values', async () => {
    const error = await failure(send(200, '{"price":"SECRET"}'))
    expect(error).toMatchObject({ code: 'bad_shape', retryable: false })
    expect(error.message).toContain('price: invalid_type')
    expect((await failure(send(200, '[]'))).message).toContain('value: invalid_type')
  })

  it('stops reading a body that is too long, however it is packed', async () => {
    const long = `"${'x'.repeat(20_000)}"`
    expect((await failure(send(200, long))).code).toBe('too_large')
    const packed = send(200, gzipSync(long), { 'content-encoding': 'gzip' })
    expect((await failure(packed)).code).toBe('too_large')
    let cut = false
    const endless: RequestListener = (_request, response) => {
      const more = () => {
        if (response.write('x'.repeat(1_000))) setImmediate(more)
        else response.once('drain', more)
      }
      response.on('close', () => {
        cut = true
      })
      more()
    }
    expect((await failure(endless)).code).toBe('too_large')
    await expect.poll(() => cut).toBe(true)
  })

  it('counts the time to the last byte, not to the first', async () => {
    const error = await failure(
      (_request, response) => {
        response.writeHead(200)
        response.write('{"price":')
      },
      { timeoutMs: 60 },
    )
    expect(error).toMatchObject({ code: 'timeout', retryable: true })
    expect((await failure(() => {}, { timeoutMs: 60 })).code).toBe('timeout')
  })

  it('tells a broken line and a closed port as network', async () => {
    const cut = await failure((request) => request.socket.destroy())
    expect(cut).toMatchObject({ code: 'network', retryable: true })
    const half = await failure((_request, response) => {
      response.writeHead(200)
      response.write('{"price":', () => response.destroy())
    })
    expect(half.code).toBe('network')
    const server = await fixtureHttp(() => {})
    await server.close()
    const closed = await failure(() => {}, { url: `${server.url}/v1?apikey=${key}` })
    expect(closed).toMatchObject({ code: 'network', retryable: true })
    expect(closed.message).toContain('ECONNREFUSED')
  })

  it('never shows a key that makes the address or a header invalid', async () => {
    for (const url of [`http//x?apikey=${key}`, `ftp://x/?k=${key}`, `http://u:${key}@x/`]) {
      expect(await failure(() => {}, { url })).toMatchObject({ code: 'bad_url', retryable: false })
    }
    const error = await failure(() => {}, { headers: { 'x-api-key': `${key}\nx: y` } })
    expect(error.code).toBe('network')
  })

  it('rejects with the caller’s reason when aborted', async () => {
    const controller = new AbortController()
    const done = get(() => controller.abort(new Error('leaving')), { signal: controller.signal })
    await expect(done).rejects.toThrow('leaving')
    await expect(get(() => {}, { signal: controller.signal })).rejects.toThrow('leaving')
  })
})
