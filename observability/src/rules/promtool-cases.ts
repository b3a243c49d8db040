import { recorded, type Slo, slos, type Window } from '../slo.ts'
import type { Alert, Case } from './alert.ts'
import { burnAlerts } from './alerts/burn.ts'
import { causeAlerts } from './alerts.ts'
import { bareRule, recordings } from './groups.ts'
import { weakened } from './weakened.ts'

const input = ({ series }: Case) =>
  Object.entries(series).map(([name, values]) => ({ series: name, values }))

const isBurn = (alert: Alert): boolean => burnAlerts.includes(alert)

/** All cases of an alert, for a rule of this name. Windows of days are walked through in larger steps. */
const alertCases = (alert: Alert, name: string = alert.name) => {
  const { severity, fires, alsoFires = [], silent, alsoSilent = [] } = alert
  const test = (one: Case, expected: readonly object[]) => ({
    name: `${name} ${expected.length > 0 ? 'fires' : 'stays silent'}`,
    interval: isBurn(alert) ? '10m' : '1m',
    input_series: input(one),
    alert_rule_test: [{ eval_time: one.at, alertname: name, exp_alerts: expected }],
  })
  return [
    ...[fires, ...alsoFires].map((one) => test(one, [{ exp_labels: { severity, ...one.labels } }])),
    ...[silent, ...alsoSilent].map((one) => test(one, [])),
  ]
}

/** Counters of an hour in which one in four went wrong, and what a promise's ratio is then. */
const quarter: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  handshake: {
    'flux_connections_refused_total{namespace="n", reason="full"}': '0+10x120',
    'flux_connections_refused_total{namespace="n", reason="origin"}': '0+90x120',
    'flux_connections_total{namespace="n", change="opened"}': '0+30x120',
    'flux_connections_total{namespace="n", change="closed"}': '0+30x120',
  },
  delivery: {
    'flux_delivery_latency_seconds_bucket{namespace="n", le="0.5"}': '0+30x120',
    'flux_delivery_latency_seconds_bucket{namespace="n", le="1"}': '0+40x120',
    'flux_delivery_latency_seconds_count{namespace="n"}': '0+40x120',
  },
  freshness: {
    'flux_channel_rooms{namespace="n", channel="a", state="fresh"}': '3x120',
    'flux_channel_rooms{namespace="n", channel="a", state="stale"}': '0x120',
    'flux_channel_rooms{namespace="n", channel="b", state="missing"}': '1x120',
  },
  completeness: {
    'flux_canary_records_total{namespace="n", outcome="missing"}': '0+10x120',
    'flux_canary_records_total{namespace="n", outcome="received"}': '0+30x120',
    'flux_canary_records_total{namespace="n", outcome="duplicate"}': '0+99x120',
  },
}

const recordingCase = (slo: Slo, window: Window) => ({
  name: recorded(slo, window),
  interval: '1m',
  input_series: input({ at: '', series: quarter[slo.name] ?? {} }),
  promql_expr_test: [
    {
      // Rounded: rates are extrapolated to the edges of a window.
      expr: `round(${recorded(slo, window)}, 0.001)`,
      eval_time: '110m',
      exp_samples: [{ labels: '{namespace="n"}', value: 0.25 }],
    },
  ],
})

/** A quiet installation: nothing happened, and nothing is said of it. */
const quietCase = (slo: Slo) => ({
  name: `${slo.name}, when nothing happens`,
  interval: '1m',
  input_series: Object.keys(quarter[slo.name] ?? {}).map((series) => ({ series, values: '0x120' })),
  promql_expr_test: [{ expr: recorded(slo, '5m'), eval_time: '110m', exp_samples: [] }],
})

/** Rules, and what promtool makes of them: files of these names. */
export interface Suite {
  readonly name: string
  readonly rules: readonly object[]
  readonly tests: readonly object[]
  readonly evaluationInterval: string
}

/** Every alert fires and stays silent; one file each, or every case would go through all rules. */
const alertSuite = (alert: Alert): Suite => ({
  name: alert.name,
  rules: [bareRule(alert)],
  tests: alertCases(alert),
  evaluationInterval: isBurn(alert) ? '1h' : '1m',
})

/** Every ratio is what it should be. Windows of days are the same query. */
const recordingSuite = (slo: Slo): Suite => ({
  name: slo.name,
  rules: recordings.filter(({ record }) => record.includes(`:${slo.name}_`)),
  tests: [
    ...(['5m', '30m', '1h'] as const).map((window) => recordingCase(slo, window)),
    quietCase(slo),
  ],
  evaluationInterval: '1m',
})

/** What has to pass. */
export const suites: readonly Suite[] = [
  ...[...burnAlerts, ...causeAlerts].map(alertSuite),
  ...slos.map(recordingSuite),
]

/** An alert without one of its conditions, under a name of its own. */
interface Mutant {
  readonly name: string
  readonly expr: string
}

const mutantsOf = (alert: Alert): readonly Mutant[] =>
  weakened(alert.expr).map((expr, index) => ({ name: `${alert.name}Mutant${index}`, expr }))

const mutantSuite = (alert: Alert): Suite => ({
  ...alertSuite(alert),
  rules: mutantsOf(alert).map(({ name, expr }) => ({ ...bareRule(alert), alert: name, expr })),
  tests: mutantsOf(alert).flatMap(({ name }) => alertCases(alert, name)),
})

/** Every alert without each of its conditions. */
export const mutants: readonly Mutant[] = [...burnAlerts, ...causeAlerts].flatMap(mutantsOf)

/** Its cases for each of `mutants`: one of them has to fail. */
export const mutantSuites: readonly Suite[] = [...burnAlerts, ...causeAlerts].map(mutantSuite)
