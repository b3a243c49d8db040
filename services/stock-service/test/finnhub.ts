import type { IncomingMessage, ServerResponse } from 'node:http'
import { fixtureHttp, fixtureWs } from '@flux/testkit'
import { onTestFinished } from 'vitest'

/** The key that the tests use; no log may ever show it. */
export const key = 'key-that-nobody-may-see'

/** What the stand-in answers to one kind of call. */
interface Answer {
  readonly status: number
  readonly body: unknown
}

const ok = (body: unknown): Answer => ({ status: 200, body })

/** Body of a quote: a dollar above the last close, traded a moment ago. */
const quoteBody = (price: number) => {
  const t = Math.floor(Date.now() / 1_000)
  return { c: price, d: 1, dp: 1, h: price + 1, l: price - 1, o: price, pc: price - 1, t }
}

const zeros = { c: 0, d: null, dp: null, h: 0, l: 0, o: 0, pc: 0, t: 0 }

/** A provider of the test's own, whose answers the test chooses. */
export const startFinnhub = async () => {
  const prices = new Map<string, number>()
  const asked: string[] = []
  const silent = new Set<string>()
  const state = {
    market: ok({ exchange: 'US', holiday: null, isOpen: true, session: 'regular', t: 1 }),
    /** Answers every quote in this way instead of by `prices`. */
    quote: undefined as Answer | undefined,
  }
  const answerTo = (url: URL): Answer => {
    if (url.pathname.endsWith('/market-status')) {
      asked.push('market')
      return state.market
    }
    const symbol = url.searchParams.get('symbol') ?? ''
    asked.push(symbol)
    const price = prices.get(symbol)
    return state.quote ?? ok(price === undefined ? zeros : quoteBody(price))
  }
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    for (const symbol of silent) if (request.url?.endsWith(`=${symbol}`)) return
    const isKnown = request.headers['x-finnhub-token'] === key
    const { status, body } = isKnown
      ? answerTo(new URL(request.url ?? '', 'http://finnhub'))
      : { status: 401, body: { error: 'Invalid API key.' } }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  const http = await fixtureHttp(answer)
  onTestFinished(http.close)
  const subscribed: string[] = []
  const ws = await fixtureWs((socket, { request }) => {
    if (!request.url?.includes(`token=${key}`)) return socket.close()
    socket.on('message', (data) => subscribed.push(JSON.parse(String(data)).symbol))
  })
  onTestFinished(ws.close)
  return {
    url: `${http.url}/api/v1`,
    wsUrl: ws.url,
    prices,
    /** Symbols whose quotes are never answered. */
    silent,
    state,
    /** Symbols of the quotes that were asked for, and `market`. */
    asked,
    subscribed,
    send: (frame: unknown) => {
      const text = typeof frame === 'string' ? frame : JSON.stringify(frame)
      for (const socket of ws.sockets) socket.send(text)
    },
  }
}

/** A running stand-in. */
export type FakeFinnhub = Awaited<ReturnType<typeof startFinnhub>>
