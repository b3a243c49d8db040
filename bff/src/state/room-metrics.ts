import { channels, kafkaChannels, parseRoom } from '@flux/contracts'
import type { Clock, Metrics } from '@flux/runtime'
import type { Feed } from './feed.ts'
import { freshnessOf, freshnessStates, newestAt } from './freshness.ts'

/** What the metrics of rooms are read from when they are scraped. */
export interface RoomMetricsOptions {
  readonly feed: Pick<Feed, 'stateOf'>
  readonly clock: Clock
  /** Rooms with members on this replica, users' own ones aside. */
  rooms(): Iterable<string>
}

const domains = [...new Set(channels.map(({ domain }) => domain))]

/** Registers the gauges of rooms and of how fresh what they hold is. */
export const registerRoomMetrics = (
  metrics: Metrics,
  { feed, clock, rooms }: RoomMetricsOptions,
): void => {
  metrics.gauge({
    name: 'flux_rooms',
    help: 'Rooms with members on this replica.',
    labels: ['domain'],
    series: domains.map((domain) => ({ domain })),
    collect: (gauge) => {
      const counts = new Map(domains.map((domain) => [domain, 0]))
      for (const room of rooms()) {
        const domain = parseRoom(room)?.domain ?? ''
        const count = counts.get(domain)
        if (count !== undefined) counts.set(domain, count + 1)
      }
      for (const [domain, count] of counts) gauge.set({ domain }, count)
    },
  })
  const info = metrics.gauge({
    name: 'flux_channel_info',
    help: 'Always 1; the labels say which service a channel comes from and what it promises.',
    labels: ['channel', 'producer', 'delivery'],
  })
  for (const { name: channel, producer, delivery } of kafkaChannels)
    info.set({ channel, producer, delivery }, 1)
  metrics.gauge({
    name: 'flux_channel_rooms',
    help: 'Rooms in which somebody looks and a value is due, by what the newest one is: fresh, stale or missing.',
    labels: ['channel', 'state'],
    series: kafkaChannels.flatMap(({ name }) =>
      freshnessStates.map((state) => ({ channel: name, state })),
    ),
    collect: (gauge) => {
      const counts = freshnessOf({ occupied: rooms(), stateOf: feed.stateOf, now: clock.now() })
      for (const { name: channel } of kafkaChannels) {
        for (const state of freshnessStates)
          gauge.set({ channel, state }, counts.get(channel)?.[state] ?? 0)
      }
    },
  })
  metrics.gauge({
    name: 'flux_channel_newest_timestamp_seconds',
    help: 'Time of the newest fact that is held, in seconds since the epoch; 0 for none.',
    labels: ['channel'],
    series: kafkaChannels.map(({ name }) => ({ channel: name })),
    collect: (gauge) => {
      for (const { name: channel } of kafkaChannels)
        gauge.set({ channel }, newestAt(feed.stateOf(channel)?.rooms() ?? []) / 1_000)
    },
  })
}
