import { type Dashboard, of, type Panel, quantile, rateBy } from '../panel.ts'

const graph = (panel: Omit<Panel, 'kind'>): Panel => ({ kind: 'graph', ...panel })

const heatmap = (title: string, description: string, metric: string): Panel => ({
  kind: 'heatmap',
  title,
  description,
  unit: 's',
  queries: [{ expr: rateBy('le', `${metric}_bucket`), legend: '{{le}}' }],
})

/** From the replicas to the browsers. */
export const fanout: Dashboard = {
  uid: 'flux-fanout',
  title: 'Flux / Fan-out',
  about: 'Who is connected, what do they get, how fast, who is slow, and who came back?',
  rows: [
    {
      title: 'Clients',
      panels: [
        graph({
          title: 'Connections by replica',
          description:
            'A replica that carries far more than the others stays so until its clients leave.',
          unit: 'short',
          stacked: true,
          queries: [{ expr: `sum by (instance, pod) (${of('flux_sockets')})`, legend: '{{pod}}' }],
        }),
        graph({
          title: 'Fullest replica beside the average',
          description:
            '1 is even. Above 1.5 for half an hour it is told; a balancer with affinity is the common cause.',
          unit: 'short',
          queries: [
            {
              expr: `max(${of('flux_sockets')}) / (avg(${of('flux_sockets')}) > 0)`,
              legend: 'max / average',
            },
          ],
        }),
        graph({
          title: 'Connections that begin and end',
          description: 'A second. Both high at once: clients that come back again and again.',
          unit: 'ops',
          queries: [{ expr: rateBy('change', 'flux_connections_total'), legend: '{{change}}' }],
        }),
        graph({
          title: 'Why clients leave',
          description:
            "In Socket.IO's words. `transport close` is a browser that went away; `ping timeout` a network that did.",
          unit: 'ops',
          queries: [{ expr: rateBy('reason', 'flux_disconnections_total'), legend: '{{reason}}' }],
        }),
        graph({
          title: 'Refused handshakes',
          description:
            '`full`, `busy` and `timeout` are ours and count against the promise; the others are not.',
          unit: 'ops',
          queries: [
            { expr: rateBy('reason', 'flux_connections_refused_total'), legend: '{{reason}}' },
          ],
        }),
        graph({
          title: 'Time of a handshake',
          description:
            'From the connection until the session is told. A second or more: the loop is late, or a crowd is coming back.',
          unit: 's',
          queries: [
            { expr: quantile(0.5, 'flux_handshake_seconds'), legend: 'median' },
            { expr: quantile(0.99, 'flux_handshake_seconds'), legend: '99th percentile' },
          ],
        }),
        graph({
          title: 'Rooms with somebody in them',
          description:
            'By domain, summed over replicas. Weather has one for each place that somebody looks at.',
          unit: 'short',
          queries: [{ expr: `sum by (domain) (${of('flux_rooms')})`, legend: '{{domain}}' }],
        }),
        graph({
          title: 'Messages of clients',
          description: 'By answer. `rate_limited` is somebody who asks too much; `busy` is us.',
          unit: 'ops',
          queries: [
            {
              expr: rateBy('event, code', 'flux_client_messages_total'),
              legend: '{{event}} {{code}}',
            },
          ],
        }),
      ],
    },
    {
      title: 'Deliveries',
      panels: [
        graph({
          title: 'Deliveries a second',
          description: 'Events written to sockets, by replica.',
          unit: 'ops',
          stacked: true,
          queries: [{ expr: rateBy('instance, pod', 'flux_deliveries_total'), legend: '{{pod}}' }],
        }),
        graph({
          title: 'Events encoded a second',
          description: 'Each once for a room with members, whoever is in it.',
          unit: 'ops',
          queries: [{ expr: rateBy('channel', 'flux_fanout_events_total'), legend: '{{channel}}' }],
        }),
        graph({
          title: 'Amplification',
          description:
            'Deliveries for an event that was encoded once: the size of the rooms, weighted by what happens in them.',
          unit: 'short',
          queries: [
            {
              expr: `${rateBy('', 'flux_deliveries_total')} / (${rateBy('', 'flux_fanout_events_total')} > 0)`,
              legend: 'deliveries / events',
            },
          ],
        }),
        graph({
          title: 'Bytes a second',
          description: 'Events with their framing, and hydrates. This is what leaves the cluster.',
          unit: 'Bps',
          queries: [
            { expr: rateBy('', 'flux_delivered_bytes_total'), legend: 'live' },
            { expr: rateBy('', 'flux_hydrate_bytes_total'), legend: 'hydrates' },
          ],
        }),
        graph({
          title: 'Deliveries saved by conflation',
          description:
            '`tick`: a newer value came before a flush; `rate`: before the rate that a client chose let it. Grows with load: that is how overload is shed.',
          unit: 'ops',
          queries: [
            { expr: rateBy('by', 'flux_fanout_conflated_deliveries_total'), legend: '{{by}}' },
          ],
        }),
        graph({
          title: 'Packing',
          description:
            '1: a tick is one packet a socket. 0: the internals of Socket.IO are not as expected, and everything costs many times more.',
          unit: 'short',
          max: 1,
          queries: [
            { expr: `min by (instance, pod) (${of('flux_fanout_packed')})`, legend: '{{pod}}' },
          ],
        }),
      ],
    },
    {
      title: 'Latency',
      panels: [
        heatmap(
          'Producer to replica',
          'Every record once on every replica: from the clock of its service to the flush. The promise is 500 ms.',
          'flux_delivery_latency_seconds',
        ),
        heatmap(
          'Producer to browser',
          'A sample, as browsers measured it with their clocks corrected.',
          'flux_client_latency_seconds',
        ),
        graph({
          title: 'Producer to replica, 99th percentile',
          description:
            'By channel. What is polled comes in bursts; what streams should stay under 100 ms.',
          unit: 's',
          queries: [
            {
              expr: quantile(0.99, 'flux_delivery_latency_seconds', 'channel'),
              legend: '{{channel}}',
            },
          ],
        }),
        graph({
          title: 'Canary to the end of the fan-out',
          description:
            'One record a second through everything, to the client that each replica has in itself: latency without users.',
          unit: 's',
          queries: [
            { expr: quantile(0.5, 'flux_canary_latency_seconds'), legend: 'median' },
            { expr: quantile(0.99, 'flux_canary_latency_seconds'), legend: '99th percentile' },
          ],
        }),
      ],
    },
    {
      title: 'Slow clients',
      panels: [
        graph({
          title: 'Clients with a mailbox',
          description:
            'They do not take what they are sent, and get the newest of every key when they do.',
          unit: 'short',
          queries: [
            { expr: `sum by (state) (${of('flux_mailbox_sockets')})`, legend: '{{state}}' },
          ],
        }),
        graph({
          title: 'Bytes in mailboxes',
          description:
            'Bounded by the number of keys, not by time. A frame in several mailboxes is counted in each.',
          unit: 'bytes',
          queries: [
            {
              expr: `sum by (instance, pod) (${of('flux_mailbox_held_bytes')})`,
              legend: '{{pod}}',
            },
          ],
        }),
        graph({
          title: 'Frames that slow clients were spared',
          description:
            'Newer values took their place; and channels of theirs that were made whole, with records or a snapshot.',
          unit: 'ops',
          queries: [
            { expr: rateBy('', 'flux_mailbox_conflated_frames_total'), legend: 'conflated' },
            {
              expr: rateBy('how', 'flux_mailbox_resynced_channels_total'),
              legend: 'resynced: {{how}}',
            },
          ],
        }),
        graph({
          title: 'Closed for being slow, or for asking too much',
          description:
            'A second. They come back with their cursors; whoever goes over the limits again is closed again.',
          unit: 'ops',
          queries: [
            { expr: rateBy('reason', 'flux_mailbox_closed_sockets_total'), legend: '{{reason}}' },
            { expr: rateBy('', 'flux_sockets_evicted_total'), legend: 'over limits' },
          ],
        }),
      ],
    },
    {
      title: 'Coming back',
      panels: [
        graph({
          title: 'Outcomes of hydrates',
          description:
            '`recovered`: everything missed was sent. `snapshot`: newest values, a gap stays. `reset`: another log.',
          unit: 'ops',
          queries: [{ expr: rateBy('outcome', 'flux_hydrates_total'), legend: '{{outcome}}' }],
        }),
        graph({
          title: 'How long clients had been away',
          description:
            'The age of the first record that a returning client had missed. Longer than the rings reach becomes a snapshot.',
          unit: 's',
          queries: [
            { expr: quantile(0.5, 'flux_cursor_age_seconds'), legend: 'median' },
            { expr: quantile(0.95, 'flux_cursor_age_seconds'), legend: '95th percentile' },
          ],
        }),
        graph({
          title: 'Time until a client has its rooms',
          description:
            'From its subscription to the last part of what they hold, waiting in line included.',
          unit: 's',
          queries: [
            { expr: quantile(0.5, 'flux_hydrate_seconds'), legend: 'median' },
            { expr: quantile(0.99, 'flux_hydrate_seconds'), legend: '99th percentile' },
          ],
        }),
        graph({
          title: 'Waiting for a hydrate, and draining',
          description:
            'Subscriptions in line, and replicas that send their clients away one after the other.',
          unit: 'short',
          queries: [
            { expr: `sum(${of('flux_hydrate_waiting')})`, legend: 'subscriptions in line' },
            { expr: `sum(${of('flux_draining')})`, legend: 'replicas that drain' },
          ],
        }),
      ],
    },
  ],
}
