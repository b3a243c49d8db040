import { type Dashboard, of, type Panel, quantile, rateBy } from '../panel.ts'

const graph = (panel: Omit<Panel, 'kind'>): Panel => ({ kind: 'graph', ...panel })

/** From the providers to the replicas. */
export const pipeline: Dashboard = {
  uid: 'flux-pipeline',
  title: 'Flux / Pipeline',
  about: 'What comes in, what goes through Kafka, how late is it, and who leads?',
  rows: [
    {
      title: 'Providers',
      panels: [
        graph({
          title: 'Replies and frames a second',
          description:
            'What each provider sends, good and bad. A stream that falls silent is cut and opened again.',
          unit: 'ops',
          queries: [
            {
              expr: rateBy('provider, outcome', 'flux_provider_requests_total'),
              legend: '{{provider}} {{outcome}}',
            },
          ],
        }),
        graph({
          title: 'Time of a call, 95th percentile',
          description:
            'HTTP calls to a provider, whatever came of them. Near its timeout, a provider is as good as down.',
          unit: 's',
          queries: [
            {
              expr: quantile(0.95, 'flux_provider_request_seconds', 'provider'),
              legend: '{{provider}}',
            },
          ],
        }),
        graph({
          title: 'Scheduled work',
          description: 'Runs of polls, by outcome. What failed keeps the last good value in place.',
          unit: 'ops',
          queries: [
            { expr: rateBy('poll, outcome', 'flux_polls_total'), legend: '{{poll}} {{outcome}}' },
          ],
        }),
        graph({
          title: 'State of the providers',
          description: '1 for the state that each is in, as the leader of its service sees it.',
          unit: 'short',
          queries: [
            {
              expr: `max by (provider, state) (${of('flux_source_state')} == 1)`,
              legend: '{{provider}} {{state}}',
            },
          ],
        }),
      ],
    },
    {
      title: 'Services',
      panels: [
        graph({
          title: 'Leaders',
          description:
            'Replicas that lead their service. One each; none for two minutes is an alert, two are fenced.',
          unit: 'short',
          queries: [{ expr: `sum by (job) (${of('flux_service_leader')})`, legend: '{{job}}' }],
        }),
        graph({
          title: 'Rebalances',
          description:
            'Changes of a consumer group, a second. A roll-out makes a few; more is a member that comes and goes.',
          unit: 'ops',
          queries: [{ expr: rateBy('job', 'flux_group_rebalances_total'), legend: '{{job}}' }],
        }),
        graph({
          title: 'Commands',
          description:
            'What became of requests for values. `deferred`: the budget of the provider is used up; demand asks again.',
          unit: 'ops',
          queries: [
            {
              expr: rateBy('command, outcome', 'flux_commands_total'),
              legend: '{{command}} {{outcome}}',
            },
          ],
        }),
        graph({
          title: 'Commands that replicas sent, and held back',
          description:
            'Demand of rooms in which somebody looks. Most is held back: another replica asked, or a window is open.',
          unit: 'ops',
          queries: [
            { expr: rateBy('', 'flux_demand_commands_total'), legend: 'sent' },
            { expr: rateBy('', 'flux_demand_suppressed_total'), legend: 'held back' },
          ],
        }),
        graph({
          title: 'Age of commands when they are handled',
          description:
            'From the append at the broker to the handler, 95th percentile. Older than a minute is skipped.',
          unit: 's',
          queries: [
            { expr: quantile(0.95, 'flux_bus_record_age_seconds', 'topic'), legend: '{{topic}}' },
          ],
        }),
        graph({
          title: 'Time of a handler, 95th percentile',
          description: 'Provider call included. A slow one holds up its partition.',
          unit: 's',
          queries: [
            { expr: quantile(0.95, 'flux_bus_handle_seconds', 'topic'), legend: '{{topic}}' },
          ],
        }),
      ],
    },
    {
      title: 'Kafka, as our processes see it',
      panels: [
        graph({
          title: 'Records published a second',
          description:
            'By channel. What a service conflated before Kafka is `superseded` and not counted here.',
          unit: 'ops',
          queries: [
            {
              expr: rateBy('channel', 'flux_records_published_total', 'outcome="ok"'),
              legend: '{{channel}}',
            },
          ],
        }),
        graph({
          title: 'Time until all in-sync replicas hold a record',
          description:
            'Median and 99th percentile of a send. Above a second the brokers, or their disks, are busy.',
          unit: 's',
          queries: [
            { expr: quantile(0.5, 'flux_bus_send_seconds'), legend: 'median' },
            { expr: quantile(0.99, 'flux_bus_send_seconds'), legend: '99th percentile' },
          ],
        }),
        graph({
          title: 'Records that wait to be sent',
          description:
            'Of values that are not conflated. It grows while Kafka is away, up to a limit.',
          unit: 'short',
          queries: [
            { expr: `sum by (channel) (${of('flux_publish_waiting')})`, legend: '{{channel}}' },
          ],
        }),
        graph({
          title: 'Dead letters and bad records',
          description:
            'Commands put aside, and records that no contract reads, a second. Their logs name topic, partition and offset.',
          unit: 'ops',
          queries: [
            { expr: rateBy('topic', 'flux_dead_letters_total'), legend: 'dead letter {{topic}}' },
            { expr: rateBy('channel', 'flux_tail_bad_records_total'), legend: 'bad {{channel}}' },
          ],
        }),
      ],
    },
    {
      title: 'Tails of the replicas',
      panels: [
        graph({
          title: 'Age of a record when it is read, 99th percentile',
          description:
            'From the append at the broker to the replica. This is lag in seconds; above 2.5 it is an alert.',
          unit: 's',
          queries: [
            {
              expr: quantile(0.99, 'flux_tail_record_age_seconds', 'instance, pod'),
              legend: '{{pod}}',
            },
          ],
        }),
        graph({
          title: 'Records behind the end',
          description:
            'On the replica that is furthest behind, by topic. A burst is read within a second.',
          unit: 'short',
          queries: [
            { expr: `max by (topic) (${of('flux_tail_lag_records')})`, legend: '{{topic}}' },
          ],
        }),
        graph({
          title: 'Records read a second',
          description:
            'By channel and what became of them; `older` ones lose against what is held.',
          unit: 'ops',
          queries: [
            {
              expr: rateBy('channel, outcome', 'flux_tail_records_total'),
              legend: '{{channel}} {{outcome}}',
            },
          ],
        }),
        graph({
          title: 'State of the tails',
          description:
            '`dark` gets nothing from Kafka; `catching-up` reads what it missed and tells it in one go.',
          unit: 'short',
          stacked: true,
          queries: [{ expr: `sum by (state) (${of('flux_tail_state')})`, legend: '{{state}}' }],
        }),
      ],
    },
  ],
}
