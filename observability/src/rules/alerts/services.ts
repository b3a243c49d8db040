import type { Alert } from '../alert.ts'

const leader = (replica: number) =>
  `flux_service_leader{namespace="flux", job="crypto-service", pod="crypto-${replica}"}`
const published = (outcome: string) =>
  `flux_records_published_total{namespace="flux", job="crypto-service", channel="crypto.ticker", outcome="${outcome}"}`
const cacheErrors = 'flux_cache_errors_total{namespace="flux", job="bff", operation="get"}'

/** Domain services, and what they lean on. */
export const serviceAlerts: readonly Alert[] = [
  {
    name: 'FluxNoLeader',
    severity: 'critical',
    source: 'app',
    expr: 'sum by (namespace, job) (flux_service_leader) == 0',
    for: '2m',
    summary: 'Nobody leads {{ $labels.job }}',
    description:
      'No replica of {{ $labels.job }} in {{ $labels.namespace }} runs its streams and scheduled work: nothing new comes of its channels.',
    runbook: {
      means:
        'The leader is the owner of partition 0 of the first command topic of the service. When nobody owns it, the consumer group is not formed: Kafka is away, or the replicas may not join.',
      look: [
        '`kubectl get pods -l app.kubernetes.io/component=crypto-service` (the service of the label `job`)',
        'Whether the group comes and goes: `sum by (job) (increase(flux_group_rebalances_total[15m]))`.',
        '`kubectl logs -l app.kubernetes.io/component=crypto-service --tail=50`',
      ],
      act: [
        'Kafka refuses (authorization, SASL): the user and its secret, `kubectl get kafkauser`',
        'Kafka is away: see [tail-dark.md](tail-dark.md).',
        'It is there and the group does not form: `kubectl rollout restart deploy/flux-crypto-service`',
      ],
      over: '`sum by (job) (flux_service_leader)` is 1.',
    },
    fires: {
      series: { [leader(1)]: '0x20', [leader(2)]: '0x20' },
      at: '5m',
      labels: { namespace: 'flux', job: 'crypto-service' },
    },
    silent: { series: { [leader(1)]: '0x20', [leader(2)]: '1x20' }, at: '5m' },
  },
  {
    name: 'FluxTwoLeaders',
    severity: 'warning',
    source: 'app',
    expr: 'sum by (namespace, job) (flux_service_leader) > 1',
    for: '2m',
    summary: '{{ $value }} replicas think that they lead {{ $labels.job }}',
    description:
      'In {{ $labels.namespace }} more than one replica of {{ $labels.job }} runs streams and scheduled work. The fence keeps one of them from publishing.',
    runbook: {
      means:
        'A replica that lost the lead has not noticed: it hangs, or its clock or network does. Its publishes are refused by the fence once its last heartbeat is too old, so that users see nothing; the provider is asked twice.',
      look: [
        'Which of them: `flux_service_leader == 1`.',
        'Whether one is refused: `sum by (pod, channel) (rate(flux_records_published_total{outcome="fenced"}[5m]))`.',
        'Whether its loop stands: `max by (pod) (nodejs_eventloop_lag_p99_seconds)`.',
      ],
      act: ['End the one that is fenced: `kubectl delete pod POD`'],
      over: '`sum by (job) (flux_service_leader)` is 1.',
    },
    fires: {
      series: { [leader(1)]: '1x20', [leader(2)]: '1x20' },
      at: '5m',
      labels: { namespace: 'flux', job: 'crypto-service' },
    },
    // A change of leader, told by two scrapes that are not made at once.
    silent: { series: { [leader(1)]: '1x4 0x20', [leader(2)]: '0x3 1x20' }, at: '6m' },
  },
  {
    name: 'FluxPublishFailing',
    severity: 'warning',
    source: 'app',
    expr: 'sum by (namespace, job, channel, outcome) (rate(flux_records_published_total{outcome=~"unavailable|failed|refused"}[5m])) > 0',
    for: '5m',
    summary: 'Values of {{ $labels.channel }} are not published: {{ $labels.outcome }}',
    description:
      '{{ $labels.job }} in {{ $labels.namespace }} gives up {{ $value | humanize }} values a second of {{ $labels.channel }} ({{ $labels.outcome }}).',
    runbook: {
      means:
        '`refused`: the service made a value that breaks its contract, mostly since the provider changed its format. `unavailable` and `failed`: Kafka does not take it.',
      look: [
        'How long sending takes: `histogram_quantile(0.99, sum by (le) (rate(flux_bus_send_seconds_bucket[5m])))`, and how much waits: `flux_publish_waiting`.',
        'Which field is refused: `kubectl logs -l app.kubernetes.io/component=crypto-service --tail=50`, the line "a value was refused".',
      ],
      act: [
        'Refused: the contract in packages/contracts and the adapter of the provider; the last good value stays meanwhile.',
        'Kafka: disk, leaders, access lists. `kubectl get kafka,kafkatopic,kafkauser`',
      ],
      over: '`sum by (channel) (rate(flux_records_published_total{outcome=~"unavailable|failed|refused"}[5m]))` is 0.',
    },
    fires: {
      series: { [published('refused')]: '0+3x20' },
      at: '12m',
      labels: {
        ...{ namespace: 'flux', job: 'crypto-service' },
        ...{ channel: 'crypto.ticker', outcome: 'refused' },
      },
    },
    silent: {
      series: { [published('refused')]: '4x20', [published('superseded')]: '0+9x20' },
      at: '12m',
    },
  },
  {
    name: 'FluxCacheErrors',
    severity: 'warning',
    source: 'app',
    expr: 'sum by (namespace, job) (rate(flux_cache_errors_total[5m])) > 0.05',
    for: '5m',
    summary: 'Valkey does not answer {{ $labels.job }}',
    description:
      '{{ $value | humanize }} calls a second of {{ $labels.job }} in {{ $labels.namespace }} to Valkey fail or are late; each counts as a miss.',
    runbook: {
      means:
        'Live events do not go through Valkey: users see none of this. Meanwhile tabs on other replicas do not hear of each other, the same weather may be fetched twice, and a replica that starts has no snapshots.',
      look: [
        '`kubectl get pods -l app.kubernetes.io/component=valkey`',
        'Which operations: `sum by (operation, outcome) (rate(flux_cache_requests_total[5m]))`.',
        '`kubectl logs -l app.kubernetes.io/component=valkey --tail=50`',
      ],
      act: [
        'It is away: it may come back empty, nothing has to be restored. `kubectl rollout restart deploy/flux-valkey`',
        'Its password was changed: `make secrets`, then both releases again; clients read the new one at the next connection.',
      ],
      over: '`sum by (job) (rate(flux_cache_errors_total[5m]))` is 0, and `/readyz` no longer says `degraded`.',
    },
    fires: {
      series: { [cacheErrors]: '0+30x20' },
      at: '12m',
      labels: { namespace: 'flux', job: 'bff' },
    },
    silent: { series: { [cacheErrors]: '0x5 1x15' }, at: '12m' },
  },
]
