import { recorded, type Slo, slos, type Window } from '../slo.ts'
import type { Alert, Case } from './alert.ts'
import { burnAlerts } from './alerts/burn.ts'
import { causeAlerts } from './alerts.ts'

const input = ({ series }: Case) =>
  Object.entries(series).map(([name, values]) => ({ series: name, values }))

const expected = ({ severity, fires }: Alert) => [{ exp_labels: { severity, ...fires.labels } }]

const alertCase = (alert: Alert, interval: string, fires: boolean) => {
  const { at, series } = fires ? alert.fires : alert.silent
  return {
    name: `${alert.name} ${fires ? 'fires' : 'stays silent'}`,
    interval,
    input_series: input({ at, series }),
    alert_rule_test: [
      { eval_time: at, alertname: alert.name, exp_alerts: fires ? expected(alert) : [] },
    ],
  }
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

const bothCases = (alerts: readonly Alert[], interval: string) =>
  alerts.flatMap((alert) => [alertCase(alert, interval, true), alertCase(alert, interval, false)])

/**
 * What promtool is given to test, by file name: every alert fires and stays silent, every ratio is what it should be.
 * Windows of days are walked through in larger steps.
 */
export const promtoolTests = (ruleFile: string) => ({
  'causes.json': {
    rule_files: [ruleFile],
    evaluation_interval: '1m',
    tests: [
      ...bothCases(causeAlerts, '1m'),
      ...slos.flatMap((slo) => [
        ...(['5m', '30m', '1h'] as const).map((window) => recordingCase(slo, window)),
        quietCase(slo),
      ]),
    ],
  },
  'burns.json': {
    rule_files: [ruleFile],
    evaluation_interval: '1h',
    tests: bothCases(burnAlerts, '10m'),
  },
})
