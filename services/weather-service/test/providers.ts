import { type Clock, systemClock } from '@flux/runtime'
import { fixtureHttp } from '@flux/testkit'
import { onTestFinished } from 'vitest'
import { airBody, forecastBody } from '../src/provider/open-meteo.fixture.ts'
import {
  airBody as ownAirBody,
  forecastBody as ownForecastBody,
  weatherBody,
} from '../src/provider/openweathermap.fixture.ts'

/** An answer that is not the usual one; `cut` ends the connection in the middle. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly text?: string
  readonly cut?: boolean
  /** The answer comes when this resolves. */
  readonly after?: Promise<void>
}

/** A call that came. */
export interface Call {
  readonly path: string
  readonly query: URLSearchParams
  readonly at: number
}

const usual: Readonly<Record<string, unknown>> = {
  '/v1/forecast': forecastBody,
  '/v1/air-quality': airBody,
  '/data/2.5/weather': weatherBody,
  '/data/2.5/forecast': ownForecastBody,
  '/data/2.5/air_pollution': ownAirBody,
}

/** Both providers on one port; `answer` says what is not as usual. */
export const openProviders = async (clock: Clock = systemClock) => {
  const calls: Call[] = []
  let answer: (call: Call) => Answer | undefined = () => undefined
  let busy = 0
  const server = await fixtureHttp(async (request, response) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '', 'http://own')
    const call = { path, query, at: clock.now() }
    calls.push(call)
    busy += 1
    const special = answer(call) ?? {}
    await special.after
    busy -= 1
    if (special.cut) return void response.destroy()
    response.writeHead(special.status ?? 200, special.headers)
    response.end(special.text ?? JSON.stringify(special.body ?? usual[path]))
  })
  onTestFinished(server.close)
  return {
    url: server.url,
    calls,
    /** Calls of a path. */
    to: (path: string) => calls.filter((call) => call.path === path),
    /** Calls that have no answer yet. */
    busy: () => busy,
    /** Changes what is answered from now on. */
    answers: (next: (call: Call) => Answer | undefined) => {
      answer = next
    },
  }
}

/** Providers that a test decides about. */
export type Providers = Awaited<ReturnType<typeof openProviders>>
