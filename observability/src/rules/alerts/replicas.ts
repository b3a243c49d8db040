import type { Alert } from '../alert.ts'

const pod = 'namespace="flux", job="bff", pod="bff-1"'
const labels = { namespace: 'flux', pod: 'bff-1' }

/** BFF replicas: what they read, and what they write. */
export const replicaAlerts: readonly Alert[] = [
  {
    name: 'FluxTailDark',
    severity: 'critical',
    source: 'app',
    expr: 'max by (namespace, pod) (flux_tail_state{state="dark"}) == 1',
    for: '1m',
    summary: '{{ $labels.pod }} gets nothing from Kafka',
    description:
      'No fetch of {{ $labels.pod }} in {{ $labels.namespace }} has been answered for a minute. Its clients keep their values, marked stale.',
    runbook: {
      means:
        'A replica without Kafka shows old values. Where others are live it takes itself out of service and its clients go to them; where all are dark, Kafka is away.',
      look: [
        'One or all: `sum by (state) (flux_tail_state)`.',
        '`kubectl get kafka,pods -l strimzi.io/cluster=flux`',
        'What the replica says of it: `kubectl logs -l app.kubernetes.io/component=bff --tail=50`',
      ],
      act: [
        'Kafka is away: bring it back; nothing has to be restarted afterwards.',
        'It refuses (SASL, authorization): `kubectl get kafkauser` and the secret of the same name.',
        'One replica alone for more than a minute: `kubectl delete pod POD`',
      ],
      over: '`flux_tail_state{state="live"} == 1` on every replica.',
    },
    fires: { series: { [`flux_tail_state{${pod}, state="dark"}`]: '1x20' }, at: '5m', labels },
    silent: {
      series: {
        [`flux_tail_state{${pod}, state="dark"}`]: '0x20',
        [`flux_tail_state{${pod}, state="live"}`]: '1x20',
      },
      at: '5m',
    },
  },
  {
    name: 'FluxTailLagging',
    severity: 'warning',
    source: 'app',
    expr: 'histogram_quantile(0.99, sum by (namespace, pod, le) (rate(flux_tail_record_age_seconds_bucket[5m]))) > 2.5',
    for: '5m',
    summary: '{{ $labels.pod }} reads records late',
    description:
      'One record in a hundred was {{ $value | humanizeDuration }} old or more when {{ $labels.pod }} in {{ $labels.namespace }} read it.',
    runbook: {
      means:
        "The replica does not keep up with the log, or the broker answers late. Its clients see everything, but late; the age runs from the broker's append.",
      look: [
        'How far behind, and in which topic: `max by (pod, topic) (flux_tail_lag_records)`.',
        'Whether its loop is full: `max by (pod) (flux_event_loop_utilization_ratio)`.',
        'Whether there is a burst: `sum by (channel) (rate(flux_tail_records_total[5m]))`.',
      ],
      act: [
        'A full loop: see [event-loop-slow.md](event-loop-slow.md).',
        'All replicas and idle loops: the broker. `kubectl top pods -l strimzi.io/cluster=flux`',
      ],
      over: 'The age is back under 2.5 s.',
    },
    fires: {
      series: {
        [`flux_tail_record_age_seconds_bucket{${pod}, le="2.5"}`]: '0+10x30',
        [`flux_tail_record_age_seconds_bucket{${pod}, le="5"}`]: '0+100x30',
        [`flux_tail_record_age_seconds_bucket{${pod}, le="+Inf"}`]: '0+100x30',
      },
      at: '15m',
      labels,
    },
    silent: {
      series: {
        [`flux_tail_record_age_seconds_bucket{${pod}, le="2.5"}`]: '0+100x30',
        [`flux_tail_record_age_seconds_bucket{${pod}, le="5"}`]: '0+100x30',
        [`flux_tail_record_age_seconds_bucket{${pod}, le="+Inf"}`]: '0+100x30',
      },
      at: '15m',
    },
  },
  {
    name: 'FluxLogReset',
    severity: 'info',
    source: 'app',
    expr: 'sum by (namespace, pod, reason) (increase(flux_tail_resets_total[15m])) > 0',
    for: '0m',
    summary: '{{ $labels.pod }} began the log anew: {{ $labels.reason }}',
    description:
      '{{ $labels.pod }} in {{ $labels.namespace }} threw away what it knew, as the log is not the one it had read. Its clients were told `reset` and show what is there now.',
    runbook: {
      means:
        "`epoch_changed`: Kafka's data was replaced. `log_shorter`: a topic ends before what was already read, since it was made anew or an unclean leader took over.",
      look: [
        'All replicas or one: `sum by (pod, reason) (increase(flux_tail_resets_total[1h]))`.',
        'Which topics: `kubectl logs -l app.kubernetes.io/component=bff --tail=100`, the line "the log is another one".',
      ],
      act: [
        'You did it on purpose: nothing to do.',
        'You did not: acknowledged records are lost. Look at unclean elections and at the disks of the brokers. `kubectl get kafkanodepool,pvc`',
      ],
      over: 'It ends by itself after 15 minutes.',
    },
    fires: {
      series: { [`flux_tail_resets_total{${pod}, reason="log_shorter"}`]: '0x5 1x20' },
      at: '10m',
      labels: { ...labels, reason: 'log_shorter' },
    },
    silent: {
      series: { [`flux_tail_resets_total{${pod}, reason="log_shorter"}`]: '3x40' },
      at: '30m',
    },
  },
  {
    name: 'FluxBadRecords',
    severity: 'warning',
    source: 'app',
    expr: 'sum by (namespace, channel, fault) (increase(flux_tail_bad_records_total[15m])) > 0',
    for: '0m',
    summary: 'Records of {{ $labels.channel }} break their contract: {{ $labels.fault }}',
    description:
      'Replicas in {{ $labels.namespace }} skipped {{ $value | humanize }} records of {{ $labels.channel }} in 15 minutes.',
    runbook: {
      means:
        'Something is in the topic that no version of the contract reads: another program writes to it, or a service of another version runs. Users see nothing of these records and everything of the others.',
      look: [
        'Topic, partition and offset: `kubectl logs -l app.kubernetes.io/component=bff --tail=200`, the line "a record breaks its contract".',
        'Which versions run: `count by (job, version) (flux_build_info)`.',
      ],
      act: [
        'Versions differ: finish the roll-out, BFF first when a contract grows.',
        'Another program: its access to the topic. `kubectl get kafkauser`',
      ],
      over: 'No new ones for 15 minutes.',
    },
    fires: {
      series: {
        'flux_tail_bad_records_total{namespace="flux", channel="weather", fault="value"}':
          '0x5 2x20',
      },
      at: '10m',
      labels: { namespace: 'flux', channel: 'weather', fault: 'value' },
    },
    silent: {
      series: {
        'flux_tail_bad_records_total{namespace="flux", channel="weather", fault="value"}': '2x40',
      },
      at: '30m',
    },
  },
  {
    name: 'FluxCanaryMissing',
    severity: 'warning',
    source: 'app',
    expr: 'sum by (namespace, pod) (increase(flux_canary_records_total{outcome="missing"}[5m])) > 0',
    for: '1m',
    summary: '{{ $labels.pod }} lost records on their way to clients',
    description:
      "{{ $value | humanize }} canaries did not reach the client that {{ $labels.pod }} in {{ $labels.namespace }} has in itself. Other channels' records may be missing as well.",
    runbook: {
      means:
        'The promise of Flux is broken on this replica: a record that Kafka has did not leave for the browsers.',
      look: [
        'How many, and since when: `sum by (pod, outcome) (rate(flux_canary_records_total[5m]))`.',
        'Whether the log was cut at its beginning: `sum by (pod, reason) (increase(flux_tail_resets_total[1h]))`.',
        '`kubectl logs -l app.kubernetes.io/component=bff --tail=200`',
      ],
      act: [
        'Keep the log, then end the replica: `kubectl delete pod POD`. Its clients come back elsewhere with their cursors and are sent what they miss.',
        'Report it as a bug, with the log.',
      ],
      over: '`increase(flux_canary_records_total{outcome="missing"}[5m])` is 0.',
    },
    fires: {
      series: { [`flux_canary_records_total{${pod}, outcome="missing"}`]: '0x5 2x20' },
      at: '8m',
      labels,
    },
    silent: {
      series: {
        [`flux_canary_records_total{${pod}, outcome="missing"}`]: '2x20',
        [`flux_canary_records_total{${pod}, outcome="received"}`]: '0+60x20',
      },
      at: '15m',
    },
  },
]
