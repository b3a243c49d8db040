import type { platformSources, ValueOf } from '@flux/contracts'
import type { Clock } from '../clock.ts'
import { messageOf } from '../errors.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { createRate, type Rate } from './rate.ts'
import { lazySourceMeters } from './source-meters.ts'

type SourceValue = ValueOf<typeof platformSources>

/** What may be said about a provider; what is left out stays as it was. */
export interface SourcePatch {
  readonly state?: SourceValue['state']
  /** Why it is not `ok`; `null` clears it, as `state: 'ok'` does. */
  readonly reason?: string | null
  /** The setting that would switch an unconfigured one on. */
  readonly enabledBy?: string | null
  readonly lastSuccessAt?: number
  readonly breaker?: SourceValue['breaker']
  readonly simulated?: boolean
  /** Replies or frames in the last minute; by default what `seen` has counted. */
  readonly ratePerMin?: number
}

/** The states of a service's providers. They are published every 5 s and on change. */
export interface Sources {
  report(provider: string, patch: SourcePatch): void
  /** Counts replies or frames; `ok` ones make the rate and the time of the last success. */
  seen(provider: string, outcome: 'ok' | 'failed', count?: number): void
  /** An HTTP call to it took so many seconds. */
  called(provider: string, seconds: number): void
  /** Publishes now, whatever has changed. */
  flush(): Promise<void>
  close(): void
}

/** What the sources of a service are made of. */
export interface SourcesOptions {
  readonly service: string
  readonly replica: string
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** True on the replica whose view counts. */
  leading(): boolean
  publish(value: SourceValue): Promise<void>
}

const everyMs = 5_000
const maxReason = 200

interface Source {
  value: Omit<SourceValue, 'at' | 'leader' | 'ratePerMinute'>
  rate: Rate
  said: number | undefined
}

const blank = (service: string, provider: string, replica: string): Source['value'] => ({
  service,
  provider,
  replica,
  state: 'degraded',
  reason: 'starting',
  enabledBy: null,
  lastSuccessAt: null,
  breaker: null,
  simulated: false,
})

const merge = (value: Source['value'], patch: SourcePatch): Source['value'] => {
  const { ratePerMin: _rate, ...said } = patch
  const cleared = said.state === 'ok' && said.reason === undefined ? { reason: null } : {}
  const next = { ...value, ...said, ...cleared }
  return { ...next, reason: next.reason ? next.reason.slice(0, maxReason) : null }
}

const isChange = (before: Source['value'], after: Source['value']): boolean =>
  before.state !== after.state ||
  before.reason !== after.reason ||
  before.breaker !== after.breaker ||
  before.enabledBy !== after.enabledBy ||
  before.simulated !== after.simulated

/** Keeps the states of a service's providers and publishes them. */
export const createSources = (options: SourcesOptions): Sources => {
  const { service, replica, clock, log, metrics, leading } = options
  const sources = new Map<string, Source>()
  const look = () => (leading() ? [...sources.values()].map(({ value }) => value) : [])
  const meters = lazySourceMeters(metrics, look)

  const sourceOf = (provider: string): Source => {
    const known = sources.get(provider)
    if (known) return known
    const source = {
      value: blank(service, provider, replica),
      rate: createRate(clock),
      said: undefined,
    }
    sources.set(provider, source)
    meters().begin(provider)
    return source
  }

  const publish = async ({ value, rate, said }: Source): Promise<void> => {
    if (!leading()) return
    const ratePerMinute = said ?? rate.perMinute()
    await options
      .publish({ ...value, leader: true, ratePerMinute, at: clock.now() })
      .catch((error: unknown) => {
        log.debug({ provider: value.provider, reason: messageOf(error) }, 'a state was not told')
      })
  }

  const flush = async () => {
    await Promise.all([...sources.values()].map(publish))
  }
  const cancel = clock.every(everyMs, () => void flush())

  return {
    report: (provider, patch) => {
      const source = sourceOf(provider)
      const before = source.value
      source.value = merge(before, patch)
      source.said = patch.ratePerMin ?? source.said
      if (!isChange(before, source.value)) return
      const { state, reason } = source.value
      if (state !== before.state) log.info({ provider, state, reason }, 'provider state changed')
      void publish(source)
    },
    seen: (provider, outcome, count = 1) => {
      const source = sourceOf(provider)
      meters().seen(provider, outcome, count)
      if (outcome === 'failed') return
      source.rate.add(count)
      source.value = { ...source.value, lastSuccessAt: clock.now() }
    },
    called: (provider, seconds) => meters().called(provider, seconds),
    flush,
    close: cancel,
  }
}
