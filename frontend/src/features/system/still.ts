import type { Held } from '@flux/client'
import type { ValueByName } from '@flux/contracts'
import type { Source } from '../../panels/sources.ts'
import {
  type Condition,
  conditionOf,
  heldIn,
  type StateName,
  stillNow,
} from '../../panels/states.ts'
import type { StillContent } from '../../panels/still-client.ts'
import type { Measured } from './measures.ts'

const ago = (seconds: number): number => stillNow - seconds * 1_000

const source = (
  service: string,
  provider: string,
  facts: Partial<Source> = {},
): readonly [string, Source] => [
  `${service}/${provider}`,
  {
    ...{ service, provider, replica: `${service}-6f9c-x2k4p`, leader: true, state: 'ok' },
    ...{ reason: null, enabledBy: null, lastSuccessAt: ago(2), breaker: 'closed' },
    ...{ ratePerMinute: 12, simulated: false, at: ago(1) },
    ...facts,
  },
]

/** What is special about the first provider in a state. */
const troubles: Partial<Record<StateName, Partial<Source>>> = {
  error: {
    state: 'down',
    reason: 'no answer since 13:58',
    breaker: 'open',
    lastSuccessAt: ago(322),
  },
  unconfigured: { state: 'unconfigured', enabledBy: 'A_KEY', lastSuccessAt: null, breaker: null },
}

const sourcesIn = (state: StateName): readonly (readonly [string, Source])[] => {
  const simulated = state === 'simulated'
  return [
    source('crypto-service', 'coinbase', { ratePerMinute: 10_920, simulated }),
    source('crypto-service', 'coingecko', { ratePerMinute: 2, lastSuccessAt: ago(41), simulated }),
    source('news-service', 'newsdata', {
      ...{ ratePerMinute: 0, lastSuccessAt: ago(190), simulated },
      ...troubles[state],
    }),
    source('stock-service', 'finnhub', { ratePerMinute: 55, simulated }),
    source('weather-service', 'open-meteo', {
      ratePerMinute: 3,
      lastSuccessAt: ago(18),
      simulated,
    }),
  ]
}

type Stats = ValueByName['platform.stats']

const statsOf = (replica: string, at: number, facts: Partial<Stats> = {}): Stats => ({
  ...{ replica, tail: 'live', draining: false, sockets: 7, rooms: 19, at },
  ...{ recordsPerSecond: 214.5, deliveriesPerSecond: 1_310 },
  ...facts,
})

const canaries = (at: number): readonly Held<ValueByName['platform.canary']>[] =>
  Array.from({ length: 300 }, (_, i) => {
    const sentAt = at - (299 - i) * 1_000
    const value = { seq: 48_000 + i, sentAt }
    return { ...heldIn({ simulated: false }, { value, at: sentAt }), version: value.seq }
  })

const filledContent = (condition: Condition, state: StateName): StillContent => {
  const { at } = condition
  const held = <Value>(value: Value) => heldIn(condition, { value, at })
  return {
    values: {
      'platform.sources': Object.fromEntries(
        sourcesIn(state).map(([key, value]) => [key, heldIn(condition, { value, at: value.at })]),
      ),
      'platform.stats': {
        'bff-0': held(statsOf('bff-0', at, { sockets: 12, rooms: 23, deliveriesPerSecond: 2_240 })),
        'bff-1': held(statsOf('bff-1', at)),
      },
      'platform.canary': { canary: held({ seq: 48_299, sentAt: at }) },
    },
    records: { 'platform.canary': { canary: canaries(at) } },
    presence: { 'crypto.global': 17, 'stock.global': 9, 'news.global': 9, 'platform.canary': 4 },
    counters: { accepted: 48_212, olderDropped: 3, sessions: 2 },
  }
}

const showsContent: readonly StateName[] = ['error', 'unconfigured']

/** What a client holds in a state. A provider that is down or not set up is content here, and no reason to hide it. */
export const stillSystem = (state: StateName): StillContent => {
  const condition = conditionOf(state)
  const filled = condition.filled || showsContent.includes(state)
  const { status, room } = condition
  return { ...(filled ? filledContent(condition, state) : {}), status, room }
}

/** Measurements to look at. */
export const stillMeasured: Measured = {
  appended: {
    ...{ 'crypto.ticker': 182, 'crypto.movers': 0.011, 'crypto.topcoins': 0.011 },
    ...{ 'stock.quotes': 21.4, 'stock.performers': 0.008, 'news.headlines': 0 },
    ...{ 'platform.sources': 1, 'platform.canary': 1 },
  },
  ...{ came: {}, arriving: 164, arrived: 48_212 },
  late: { 'crypto.ticker': 84, 'stock.quotes': 120, 'platform.canary': 14, 'platform.sources': 15 },
  legs: { fact: { channel: 'crypto.ticker', ms: 84 }, canary: 14, replica: 4, paint: 9 },
}
