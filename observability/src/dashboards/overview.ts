import { type Dashboard, of, type Panel, perSecond, quantile, rateBy, share } from '../panel.ts'
import { recorded, type Slo, slos } from '../slo.ts'

const here = '{namespace=~"$namespace"}'

const budget = (slo: Slo): Panel => ({
  kind: 'stat',
  title: `${slo.title}: budget left`,
  description: `What is left of the errors allowed in 30 days, judged by the last three. Objective ${slo.objective * 100} %. ${slo.about} Below a quarter: nothing risky is rolled out; docs/runbooks has the alert's first steps.`,
  unit: 'percentunit',
  width: 6,
  thresholds: [
    [0, 'red'],
    [0.25, 'yellow'],
    [0.5, 'green'],
  ],
  queries: [
    {
      expr: `1 - max(${recorded(slo, '3d')}${here}) / ${Number((1 - slo.objective).toFixed(6))}`,
      legend: slo.title,
    },
  ],
})

const burn: Panel = {
  kind: 'graph',
  title: 'Burn rate over an hour',
  description:
    'How many times faster than allowed errors are made. 1 spends the budget of a month in a month; 14.4 wakes somebody.',
  unit: 'short',
  queries: slos.map((slo) => ({
    expr: `max(${recorded(slo, '1h')}${here}) / ${Number((1 - slo.objective).toFixed(6))}`,
    legend: slo.title,
  })),
}

const shares: Panel = {
  kind: 'graph',
  title: 'What went wrong in five minutes',
  description: 'The share that the promises are made of, now. All of them at 0 is a good day.',
  unit: 'percentunit',
  queries: slos.map((slo) => ({
    expr: `max(${recorded(slo, '5m')}${here})`,
    legend: slo.title,
  })),
}

const fresh: readonly Panel[] = [
  {
    kind: 'graph',
    title: 'Rooms that are not fresh',
    description:
      'Rooms in which somebody looks and whose newest value is older than its contract allows, or missing. The next two panels say why.',
    unit: 'short',
    stacked: true,
    queries: [
      {
        expr: `sum by (channel, state) (${of('flux_channel_rooms', 'state=~"stale|missing"')})`,
        legend: '{{channel}} {{state}}',
      },
    ],
  },
  {
    kind: 'graph',
    title: 'Age of the newest fact',
    description:
      'By channel, on the replica that is furthest behind. What grows has stopped; a saw is what is polled.',
    unit: 's',
    queries: [
      {
        expr: `time() - min by (channel) (${of('flux_channel_newest_timestamp_seconds')} > 0)`,
        legend: '{{channel}}',
      },
    ],
  },
  {
    kind: 'graph',
    title: 'Providers in trouble',
    description:
      'Providers that are down or send not everything, as the leader of their service sees it. The log of the service has the reason.',
    unit: 'short',
    stacked: true,
    queries: [
      {
        expr: `max by (job, provider, state) (${of('flux_source_state', 'state=~"down|degraded"')})`,
        legend: '{{provider}} {{state}}',
      },
    ],
  },
  {
    kind: 'graph',
    title: 'Breakers that are not closed',
    description:
      'An open breaker asks its provider nothing for a while; a half-open one tries once. It closes by itself.',
    unit: 'short',
    stacked: true,
    queries: [
      {
        expr: `max by (job, provider, state) (${of('flux_breaker_state', 'state!="closed"')})`,
        legend: '{{provider}} {{state}}',
      },
    ],
  },
]

const red: readonly Panel[] = [
  {
    kind: 'graph',
    title: 'Values published a second',
    description:
      'Rate of each service: what it hands to Kafka. A line that ends is a service that stopped.',
    unit: 'ops',
    queries: [
      { expr: rateBy('job', 'flux_records_published_total', 'outcome="ok"'), legend: '{{job}}' },
    ],
  },
  {
    kind: 'graph',
    title: 'Values that were not published',
    description:
      'Errors of each service, by what became of the value. See the runbook of FluxPublishFailing.',
    unit: 'ops',
    queries: [
      {
        expr: rateBy(
          'job, outcome',
          'flux_records_published_total',
          'outcome=~"refused|fenced|unavailable|failed"',
        ),
        legend: '{{job}} {{outcome}}',
      },
    ],
  },
  {
    kind: 'graph',
    title: 'Time to publish, 99th percentile',
    description:
      'Duration of each service: from a value to its acknowledgement by all in-sync replicas.',
    unit: 's',
    queries: [{ expr: quantile(0.99, 'flux_publish_seconds', 'job'), legend: '{{job}}' }],
  },
  {
    kind: 'graph',
    title: 'Provider calls that failed',
    description:
      'The share of replies and frames of each provider that were errors or broke its format.',
    unit: 'percentunit',
    queries: [
      {
        expr: share('provider', 'flux_provider_requests_total', 'outcome="failed"'),
        legend: '{{provider}}',
      },
    ],
  },
  {
    kind: 'graph',
    title: 'Public HTTP, answers a second',
    description: 'The REST answers of the BFF by class. 5xx are ours, 4xx are the callers’.',
    unit: 'reqps',
    queries: [{ expr: rateBy('code', 'flux_http_requests_total'), legend: '{{code}}' }],
  },
  {
    kind: 'graph',
    title: 'Public HTTP, 95th percentile',
    description: 'Time that the REST answers of the BFF take, by route.',
    unit: 's',
    queries: [{ expr: quantile(0.95, 'flux_http_request_seconds', 'route'), legend: '{{route}}' }],
  },
]

/** Whether all is well, and if not, where. */
export const overview: Dashboard = {
  uid: 'flux-overview',
  title: 'Flux / Overview',
  about: 'Are the promises kept? Which channel is not fresh, and why? Which service has errors?',
  rows: [
    { title: 'Promises', panels: [...slos.map(budget), burn, shares] },
    {
      title: 'Now',
      panels: [
        {
          kind: 'stat',
          title: 'Clients',
          description: 'Browsers that are connected, over all replicas.',
          unit: 'short',
          queries: [{ expr: `sum(${of('flux_sockets')})`, legend: 'clients' }],
        },
        {
          kind: 'stat',
          title: 'Deliveries a second',
          description: 'Events written to sockets, over all replicas.',
          unit: 'ops',
          queries: [{ expr: rateBy('', 'flux_deliveries_total'), legend: 'deliveries' }],
        },
        {
          kind: 'stat',
          title: 'Provider to browser, median',
          description: 'As browsers measured it, from the time of the producer to their screen.',
          unit: 's',
          queries: [{ expr: quantile(0.5, 'flux_client_latency_seconds'), legend: 'median' }],
        },
        {
          kind: 'stat',
          title: 'Rooms not fresh',
          description: 'Of those in which somebody looks. Anything but 0 is told apart below.',
          unit: 'short',
          thresholds: [
            [0, 'green'],
            [1, 'yellow'],
          ],
          queries: [
            {
              expr: `sum(${of('flux_channel_rooms', 'state=~"stale|missing"')})`,
              legend: 'rooms',
            },
          ],
        },
        {
          kind: 'stat',
          title: 'Replicas that are live',
          description: 'BFF replicas that read Kafka up to its end.',
          unit: 'short',
          queries: [{ expr: `sum(${of('flux_tail_state', 'state="live"')})`, legend: 'replicas' }],
        },
        {
          kind: 'stat',
          title: 'Lost canaries',
          description:
            'Records that did not come out of a replica, a second. It is 0, or it is a bug.',
          unit: 'ops',
          thresholds: [
            [0, 'green'],
            [0.0001, 'red'],
          ],
          queries: [
            {
              expr: `sum(${perSecond('flux_canary_records_total', 'outcome="missing"')})`,
              legend: 'missing',
            },
          ],
        },
      ],
    },
    { title: 'Freshness', panels: fresh },
    { title: 'Services', panels: red },
  ],
}
