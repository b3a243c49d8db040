import { type Log, type Metrics, messageOf, type ProviderError } from '@flux/runtime'
import { type FailureKind, kindOf } from './provider/failure.ts'
import { type Part, parts } from './provider/port.ts'

const outcomes = ['fetched', 'cached', 'failed', 'deferred', 'unknown_place'] as const
const kinds: readonly FailureKind[] = ['place', 'limited', 'key', 'transient']

/** What happens in weather-service, for operators. One function is one metric and, where it is rare, one log line. */
export type WeatherEvents = ReturnType<typeof createEvents>

const meters = (metrics: Metrics) => ({
  places: metrics.counter({
    name: 'flux_weather_places_total',
    help: 'Places that were asked for, by what became of it.',
    labels: ['outcome'],
    series: outcomes.map((outcome) => ({ outcome })),
  }),
  failures: metrics.counter({
    name: 'flux_weather_failures_total',
    help: 'Fetches that failed, by what the failure means.',
    labels: ['kind'],
    series: kinds.map((kind) => ({ kind })),
  }),
  missing: metrics.counter({
    name: 'flux_weather_parts_missing_total',
    help: 'Parts that a fetch could not get; the rest was published.',
    labels: ['part'],
    series: parts.map((part) => ({ part })),
  }),
  stops: metrics.counter({
    name: 'flux_weather_stops_total',
    help: 'Times that all calls to the provider were stopped, for its limit or its refusal of the key.',
  }),
})

/** Registers the metrics, all series at zero. */
export const createEvents = (log: Log, metrics: Metrics) => {
  const m = meters(metrics)
  return {
    provider: (provider: string) => log.info({ provider }, 'the weather comes from this provider'),
    fetched: (place: string) => {
      m.places.inc({ outcome: 'fetched' })
      log.debug({ place }, 'weather fetched')
    },
    cached: (place: string) => {
      m.places.inc({ outcome: 'cached' })
      log.debug({ place }, 'weather answered from the cache')
    },
    deferred: (place: string, why: string) => {
      m.places.inc({ outcome: 'deferred' })
      log.debug({ place, why }, 'weather deferred')
    },
    failing: (place: string, error: ProviderError) => {
      m.failures.inc({ kind: kindOf(error) })
      log.warn({ place, code: error.code, reason: error.message }, 'weather cannot be fetched')
    },
    failed: (place: string) => {
      m.places.inc({ outcome: 'failed' })
      log.debug({ place }, 'failure published, the last good data stay')
    },
    unknownPlace: (place: string) => {
      m.places.inc({ outcome: 'unknown_place' })
      log.warn({ place }, 'no such place')
    },
    partFailed: (part: Part, error: ProviderError) => {
      m.missing.inc({ part })
      log.debug({ part, code: error.code, reason: messageOf(error) }, 'a part is missing')
    },
    stopped: (code: string, until: number) => {
      m.stops.inc()
      log.warn({ code, until: new Date(until).toISOString() }, 'calls to the provider are stopped')
    },
    breaker: (state: string) => log.warn({ state }, 'the breaker of the provider changed'),
  }
}
