import { recorded, type Slo, slos, type Window } from '../../slo.ts'
import type { Alert, Severity } from '../alert.ts'

/**
 * The windows and factors of the SRE workbook: 2 % of a 30 days' budget in an hour, 5 % in six hours, 10 % in three days.
 * The short window ends the alert soon after its cause.
 */
const burns: readonly {
  readonly pace: string
  readonly factor: number
  readonly long: Window
  readonly short: Window
  /** Half of the long window: an installation that is younger has no past to be judged by. */
  readonly half: string
  readonly severity: Severity
  readonly spends: string
}[] = [
  {
    ...{ pace: 'Fast', factor: 14.4, long: '1h', short: '5m', half: '30m' },
    ...{ severity: 'critical', spends: 'in two days' },
  },
  {
    ...{ pace: 'Steady', factor: 6, long: '6h', short: '30m', half: '3h' },
    ...{ severity: 'critical', spends: 'in five days' },
  },
  {
    ...{ pace: 'Slow', factor: 1, long: '3d', short: '6h', half: '36h' },
    ...{ severity: 'warning', spends: 'before the month ends' },
  },
]

const percent = (share: number): string => `${Number((share * 100).toFixed(4))} %`

const firstLook: Readonly<Record<string, readonly string[]>> = {
  handshake: [
    'Why they are refused: `sum by (reason) (rate(flux_connections_refused_total[5m]))`. `full`: more clients than the replicas take; `busy`: tokens could not be made; `timeout`: the event loop is late.',
    'How full the replicas are: `sum by (pod) (flux_sockets)`.',
    '`kubectl get hpa,deploy -l app.kubernetes.io/component=bff`',
  ],
  delivery: [
    'Which channel: `sum by (channel) (rate(flux_delivery_latency_seconds_count[5m])) - sum by (channel) (rate(flux_delivery_latency_seconds_bucket{le="0.5"}[5m]))`.',
    'Whether Kafka, the tail or the loop is late: `histogram_quantile(0.99, sum by (le) (rate(flux_tail_record_age_seconds_bucket[5m])))`, then `max by (pod) (nodejs_eventloop_lag_p99_seconds)`.',
  ],
  freshness: [
    'Which channel, and whether its value is old or missing: `sum by (channel, state) (flux_channel_rooms{state!="fresh"}) > 0`.',
    'What its providers say: `flux_source_state{state=~"down|degraded"} == 1`.',
    '`kubectl logs -l app.kubernetes.io/component=crypto-service --tail=50` (or the service of that channel)',
  ],
  completeness: [
    'Which replica: `sum by (pod) (rate(flux_canary_records_total{outcome="missing"}[5m])) > 0`.',
    'Whether the log was replaced or cut: `sum by (pod, reason) (increase(flux_tail_resets_total[1h])) > 0`.',
    '`kubectl logs -l app.kubernetes.io/component=bff --tail=100`',
  ],
}

const firstAction: Readonly<Record<string, readonly string[]>> = {
  handshake: [
    'Full: `kubectl scale deploy/flux-bff --replicas=4`, then raise `bff.autoscaling.maxReplicas`.',
    'Late loops: see [event-loop-slow.md](event-loop-slow.md).',
  ],
  delivery: [
    'A late tail: see [tail-lagging.md](tail-lagging.md). A late loop: see [event-loop-slow.md](event-loop-slow.md).',
    'All channels at once and neither of these: clocks. Compare `time() - flux_channel_newest_timestamp_seconds` over the pods.',
  ],
  freshness: [
    'A provider is down: see [provider-down.md](provider-down.md). All are well: see [channel-stale.md](channel-stale.md).',
  ],
  completeness: [
    'One replica: `kubectl delete pod POD`; its clients come back elsewhere with their cursors and lose nothing.',
    'All replicas: keep their logs, and compare `flux_tail_lag_records` with the numbers that are missing; report it as a bug.',
  ],
}

/** In steps of ten minutes: there since the fortieth hour. */
const young = '_x239 1x60'

const alertOf = (slo: Slo, burn: (typeof burns)[number]): Alert => {
  const { pace, factor, long, short, half, severity, spends } = burn
  const budget = 1 - slo.objective
  const limit = Number((factor * budget).toFixed(8))
  const [slow, quick] = [recorded(slo, long), recorded(slo, short)]
  const series = (bad: number, now = bad) => ({
    [`${slow}{namespace="flux"}`]: `${bad}x300`,
    [`${quick}{namespace="flux"}`]: `${now}x300`,
    'flux_build_info{namespace="flux", job="bff"}': '1x300',
  })
  return {
    name: `Flux${slo.id}Burn${pace}`,
    severity,
    source: 'app',
    expr: `${slow} > ${limit} and ${quick} > ${limit} and on (namespace) count by (namespace) (flux_build_info{job="bff"} offset ${half})`,
    for: '2m',
    summary: `${slo.title}: the month's budget is gone ${spends} at this pace`,
    description: `{{ $value | humanizePercentage }} went wrong in the last ${long} in {{ $labels.namespace }}; ${percent(budget)} are allowed over 30 days. ${slo.about}`,
    runbook: {
      means: `${slo.about} Over ${long} and over ${short} more than ${factor} times the allowed ${percent(budget)} went wrong: at this pace the budget of 30 days is gone ${spends}.`,
      look: firstLook[slo.name] ?? [],
      act: firstAction[slo.name] ?? [],
      over: `\`${quick}\` is back under ${limit}; the alert ends with the short window.`,
    },
    fires: { series: series(limit * 1.5), at: '40h', labels: { namespace: 'flux' } },
    // The long window still remembers what is over: the short one ends it.
    silent: { series: series(limit * 1.5, limit / 2), at: '40h' },
    alsoSilent: [
      // A moment that costs little.
      { series: series(limit / 2, limit * 1.5), at: '40h' },
      // Installed ten minutes ago.
      {
        series: { ...series(limit * 1.5), 'flux_build_info{namespace="flux", job="bff"}': young },
        at: '40h',
      },
    ],
  }
}

/** Three paces for each promise. */
export const burnAlerts: readonly Alert[] = slos.flatMap((slo) =>
  burns.map((burn) => alertOf(slo, burn)),
)
