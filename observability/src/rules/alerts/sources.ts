import type { Alert } from '../alert.ts'

const troubled = 'flux_source_state{state=~"down|degraded"} == 1'
const info =
  'flux_channel_info{namespace="flux", channel="crypto.ticker", producer="crypto-service"}'
const stale = 'flux_channel_rooms{namespace="flux", channel="crypto.ticker", state="stale"}'
const fresh = stale.replace('stale', 'fresh')
const source =
  'flux_source_state{namespace="flux", job="crypto-service", provider="coinbase", state="down"}'

/** Channels of the services that have a provider in trouble. */
const explained = `max by (namespace, channel, producer) (flux_channel_info) * on (namespace, producer) group_left () max by (namespace, producer) (label_replace(${troubled}, "producer", "$1", "job", "(.*)"))`

/** What comes from outside. */
export const sourceAlerts: readonly Alert[] = [
  {
    name: 'FluxProviderDown',
    severity: 'warning',
    source: 'app',
    expr: `max by (namespace, job, provider) (${troubled})`,
    for: '2m',
    summary: '{{ $labels.job }} does not get everything from {{ $labels.provider }}',
    description:
      '{{ $labels.job }} in {{ $labels.namespace }} gets nothing, or not everything, from {{ $labels.provider }}. Its last values stay on screen, with their age.',
    runbook: {
      means:
        'A provider does not answer, limits us, or sends what breaks its own format. Users see the last good values grow old; nothing is lost that was there. Channels of this service raise no alert of their own meanwhile.',
      look: [
        'Which state: `flux_source_state == 1`. Since when, and what it says: `kubectl logs -l app.kubernetes.io/component=crypto-service --tail=50` (the service of the label `job`); the line "provider state changed" has the reason.',
        'Whether it answers at all: `sum by (provider, outcome) (rate(flux_provider_requests_total[5m]))`, and how fast: `histogram_quantile(0.95, sum by (provider, le) (rate(flux_provider_request_seconds_bucket[5m])))`.',
        "The provider's own status page.",
      ],
      act: [
        'Limits (429): the service waits as long as it is told to. Fewer places or products, or a better plan, is the only remedy.',
        'A key that expired (401): put the new one in its Secret (docs/install.md); it is read at the next start: `kubectl rollout restart deploy/flux-crypto-service`',
        'No way out: an egress rule or proxy. `kubectl get networkpolicy`',
      ],
      over: '`flux_source_state{state="ok"} == 1` for the provider; the service connects again by itself.',
    },
    fires: {
      // A provider that is limited one minute and gone the next is in trouble all the time.
      series: {
        [source]: '1 1 0 0 1 1 0 0 1 1 0 0 1 1 0 0 1 1 0 0 1',
        [source.replace('down', 'degraded')]: '0 0 1 1 0 0 1 1 0 0 1 1 0 0 1 1 0 0 1 1 0',
      },
      at: '5m',
      labels: { namespace: 'flux', job: 'crypto-service', provider: 'coinbase' },
    },
    silent: {
      series: { [source]: '0x20', [source.replace('down', 'unconfigured')]: '1x20' },
      at: '5m',
    },
  },
  {
    name: 'FluxChannelStale',
    severity: 'warning',
    source: 'app',
    // A share: where many places are looked at, one is always waiting for its first value.
    expr: `sum by (namespace, channel) (flux_channel_rooms{state=~"stale|missing"}) / sum by (namespace, channel) (flux_channel_rooms) > 0.05 unless on (namespace, channel) (${explained})`,
    for: '2m',
    summary: '{{ $labels.channel }} is stale, and no provider says why',
    description:
      '{{ $value | humanizePercentage }} of the rooms in {{ $labels.namespace }} in which somebody looks have no value of {{ $labels.channel }}, or one older than its contract allows, though its providers are well.',
    runbook: {
      means:
        'Users look at old values, or at none, and the way from the provider to them is broken somewhere between: service, Kafka, or the tail of a replica.',
      look: [
        'Old or missing: `sum by (channel, state) (flux_channel_rooms{state!="fresh"}) > 0`.',
        'On which replicas: `time() - flux_channel_newest_timestamp_seconds`. On one alone, it is its tail; on all, it is before Kafka.',
        'Whether the service publishes: `sum by (channel, outcome) (rate(flux_records_published_total[5m]))`.',
        'Whether it has a leader: `sum by (job) (flux_service_leader)`.',
      ],
      act: [
        'One replica: see [tail-lagging.md](tail-lagging.md).',
        'No leader: see [no-leader.md](no-leader.md). Publishing fails: see [publish-failing.md](publish-failing.md).',
        'A place that nobody answers for: look at the commands, `sum by (command, outcome) (rate(flux_commands_total[5m]))`; `deferred` means that the budget of the provider is used up.',
      ],
      over: '`sum by (channel) (flux_channel_rooms{state!="fresh"})` is 0, or a few of many.',
    },
    fires: {
      series: { [stale]: '2x20', [info]: '1x20', [source]: '0x20' },
      at: '5m',
      labels: { namespace: 'flux', channel: 'crypto.ticker' },
    },
    silent: { series: { [stale]: '2x20', [info]: '1x20', [source]: '1x20' }, at: '5m' },
    alsoSilent: [
      { series: { [stale]: '2x20', [fresh]: '98x20', [info]: '1x20', [source]: '0x20' }, at: '5m' },
    ],
  },
  {
    name: 'FluxDeadLetters',
    severity: 'warning',
    source: 'app',
    expr: 'sum by (namespace, job, topic, code) (increase(flux_dead_letters_total[15m])) > 0',
    for: '0m',
    summary: 'Commands became dead letters: {{ $labels.code }}',
    description:
      '{{ $labels.job }} in {{ $labels.namespace }} could not handle {{ $value | humanize }} records of {{ $labels.topic }} in 15 minutes; they lie in flux.deadletter with their positions.',
    runbook: {
      means:
        'A record of a command topic is no command, or its handler broke on it. It was put aside so that the others go on; what it asked for is asked for again while somebody looks.',
      look: [
        'Its topic, partition, offset and error: `kubectl logs -l app.kubernetes.io/part-of=flux --tail=200`, the line "a command became a dead letter".',
        'What is sent by whom: `sum by (command, outcome) (rate(flux_commands_total[5m]))`.',
      ],
      act: [
        '`contract_broken`: something other than Flux writes to the topic; its access list says who may. `kubectl get kafkauser`',
        '`bug`: report it with the log line.',
      ],
      over: 'No new ones for 15 minutes. The letters stay until their retention ends; nobody has to take them away.',
    },
    fires: {
      series: {
        'flux_dead_letters_total{namespace="flux", job="weather-service", topic="t", code="bug"}':
          '0x5 1x20',
      },
      at: '10m',
      labels: { namespace: 'flux', job: 'weather-service', topic: 't', code: 'bug' },
    },
    silent: {
      series: {
        'flux_dead_letters_total{namespace="flux", job="weather-service", topic="t", code="bug"}':
          '7x40',
      },
      at: '30m',
    },
  },
]
