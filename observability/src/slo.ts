/** A promise to users that is measured: the share of what went wrong stays below 1 − `objective`. */
export interface Slo {
  /** Part of the names of recorded series: `flux:delivery_error_ratio:rate5m`. */
  readonly name: string
  /** Part of the names of its alerts: `FluxDeliveryBurnFast`. */
  readonly id: string
  readonly title: string
  /** Share of what has to go well, 0 to 1. */
  readonly objective: number
  /** What counts as going wrong, in a sentence. */
  readonly about: string
  /** PromQL: the share of what went wrong over a window, per namespace; no series where nothing happened. */
  ratio(window: string): string
}

const sum = (of: string): string => `sum by (namespace) (${of})`
const rate = (selector: string, window: string): string => sum(`rate(${selector}[${window}])`)

const refusedByUs = 'flux_connections_refused_total{reason=~"full|busy|timeout"}'

/** What Flux promises, in the order of what users notice first. */
export const slos: readonly Slo[] = [
  {
    name: 'handshake',
    id: 'Handshake',
    title: 'Handshakes',
    objective: 0.999,
    about:
      'A client that wanted to connect was refused because the platform was full or busy, or got no answer. Foreign origins, bad tokens and crowds from one address are not ours.',
    ratio: (window) => {
      const bad = rate(refusedByUs, window)
      const good = rate('flux_connections_total{change="opened"}', window)
      return `${bad} / ((${bad} + ${good}) > 0)`
    },
  },
  {
    name: 'delivery',
    id: 'Delivery',
    title: 'Delivered in 500 ms',
    objective: 0.99,
    about: 'A record left for the browsers more than 500 ms after its service had made it.',
    ratio: (window) => {
      const fast = rate('flux_delivery_latency_seconds_bucket{le="0.5"}', window)
      const all = rate('flux_delivery_latency_seconds_count', window)
      return `1 - ${fast} / (${all} > 0)`
    },
  },
  {
    name: 'freshness',
    id: 'Freshness',
    title: 'Freshness',
    objective: 0.99,
    about:
      'Somebody looked at a room whose newest value was older than its contract allows, or missing. Channels without a configured provider and exchanges out of session are not counted.',
    ratio: (window) => {
      const fresh = sum(`sum_over_time(flux_channel_rooms{state="fresh"}[${window}])`)
      const all = sum(`sum_over_time(flux_channel_rooms[${window}])`)
      return `1 - ${fresh} / (${all} > 0)`
    },
  },
  {
    name: 'completeness',
    id: 'Completeness',
    title: 'Completeness',
    objective: 0.9999,
    about: 'A record that was on Kafka did not reach the client that every replica has in itself.',
    ratio: (window) => {
      const missing = rate('flux_canary_records_total{outcome="missing"}', window)
      const all = rate('flux_canary_records_total{outcome=~"missing|received"}', window)
      return `${missing} / (${all} > 0)`
    },
  },
]

/** Windows that are recorded, shortest first. */
export const windows = ['5m', '30m', '1h', '6h', '3d'] as const

/** One of `windows`. */
export type Window = (typeof windows)[number]

/** The recorded series of a promise: the share of what went wrong, per namespace. */
export const recorded = ({ name }: Slo, window: Window): string =>
  `flux:${name}_error_ratio:rate${window}`
