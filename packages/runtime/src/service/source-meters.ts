import { type platformSources, sourceStates, type ValueOf } from '@flux/contracts'
import type { Gauge } from 'prom-client'
import type { Metrics } from '../telemetry/metrics.ts'

type SourceValue = ValueOf<typeof platformSources>

const breakerStates = ['closed', 'half_open', 'open'] as const

/** What is known of the providers when the gauges are read; nothing on a replica whose view does not count. */
type Look = () => readonly Pick<SourceValue, 'provider' | 'state' | 'breaker'>[]

/** All 0 but what `look` says: a replica that led before would go on telling what it saw last. */
const stateGauges = (metrics: Metrics, look: Look) => {
  const begun = new Set<string>()
  const show = (gauge: Gauge, states: readonly string[], of: 'state' | 'breaker') => {
    for (const provider of begun) for (const state of states) gauge.set({ provider, state }, 0)
    for (const source of look()) {
      const state = source[of]
      if (state !== null) gauge.set({ provider: source.provider, state }, 1)
    }
  }
  metrics.gauge({
    name: 'flux_source_state',
    help: 'The state of a provider: 1 for the one it is in. Told by the leader, all 0 on the others.',
    labels: ['provider', 'state'],
    collect: (gauge) => show(gauge, sourceStates, 'state'),
  })
  metrics.gauge({
    name: 'flux_breaker_state',
    help: 'The state of the breaker before a provider: 1 for the one it is in. Told by the leader, all 0 on the others.',
    labels: ['provider', 'state'],
    collect: (gauge) => show(gauge, breakerStates, 'breaker'),
  })
  return { begin: (provider: string) => begun.add(provider) }
}

const createSourceMeters = (metrics: Metrics, look: Look) => {
  const requests = metrics.counter({
    name: 'flux_provider_requests_total',
    help: 'Replies and frames of a provider.',
    labels: ['provider', 'outcome'],
  })
  const seconds = metrics.histogram({
    name: 'flux_provider_request_seconds',
    help: 'Time that an HTTP call to a provider took, whatever came of it.',
    labels: ['provider'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  })
  const { begin } = stateGauges(metrics, look)
  return {
    /** A provider's series exist from here on. */
    begin: (provider: string) => {
      begin(provider)
      seconds.zero({ provider })
      for (const outcome of ['ok', 'failed']) requests.inc({ provider, outcome }, 0)
    },
    seen: (provider: string, outcome: 'ok' | 'failed', count: number) =>
      requests.inc({ provider, outcome }, count),
    called: (provider: string, took: number) => seconds.observe({ provider }, took),
  }
}

/**
 * The metrics of a service's providers, registered when they are first asked for: a service without providers has none.
 * `look` is asked when they are scraped.
 */
export const lazySourceMeters = (metrics: Metrics, look: Look) => {
  let made: ReturnType<typeof createSourceMeters> | undefined
  return () => {
    made ??= createSourceMeters(metrics, look)
    return made
  }
}
