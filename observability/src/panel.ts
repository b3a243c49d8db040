import type { Source } from './query.ts'

/** A query of a panel. */
export interface Query {
  readonly expr: string
  /** How its series are called: text and labels in double braces. */
  readonly legend: string
  /** Our own processes by default. */
  readonly source?: Source
}

/** From here on a value has this colour; the first one is the colour of all that lies below. */
export type Threshold = readonly [from: number, color: 'text' | 'green' | 'yellow' | 'red']

/** What a dashboard shows in one place. */
export interface Panel {
  /** A number, curves, or a distribution over time. */
  readonly kind: 'stat' | 'graph' | 'heatmap'
  readonly title: string
  /** What it tells, and what to do when it is bad. */
  readonly description: string
  /** Grafana's name of a unit: `s`, `percentunit`, `ops`. */
  readonly unit: string
  readonly queries: readonly Query[]
  /** Of the 24 columns; 12 by default, 4 for a number. */
  readonly width?: number
  readonly thresholds?: readonly Threshold[]
  readonly max?: number
  readonly stacked?: boolean
}

/** Panels under one heading. */
interface Row {
  readonly title: string
  readonly panels: readonly Panel[]
}

/** A dashboard as it is written down; see `renderDashboard`. */
export interface Dashboard {
  readonly uid: `flux-${string}`
  readonly title: string
  /** The questions that it answers. */
  readonly about: string
  readonly rows: readonly Row[]
}

const matchers = 'namespace=~"$namespace", job=~"$job", instance=~"$instance"'

/** A metric of what the dashboard's variables choose, and with these labels. */
export const of = (metric: string, labels = ''): string =>
  `${metric}{${matchers}${labels && `, ${labels}`}}`

/** Increase a second. */
export const perSecond = (metric: string, labels = ''): string =>
  `rate(${of(metric, labels)}[$__rate_interval])`

/** Increase a second, summed by labels (`a, b`), or over all. */
export const rateBy = (by: string, metric: string, labels = ''): string =>
  by ? `sum by (${by}) (${perSecond(metric, labels)})` : `sum(${perSecond(metric, labels)})`

/** A quantile of a histogram, by labels. */
export const quantile = (q: number, metric: string, by = ''): string =>
  `histogram_quantile(${q}, ${rateBy(by ? `le, ${by}` : 'le', `${metric}_bucket`)})`

/** The share of what `labels` choose in all of a counter, by labels. */
export const share = (by: string, metric: string, labels: string): string =>
  `${rateBy(by, metric, labels)} / ${rateBy(by, metric)}`
