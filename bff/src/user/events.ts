import type { Log, Metrics } from '@flux/runtime'

/** What became of a wish to be at home somewhere: new for the user, or said again within the window. */
const changes = ['moved', 'repeated'] as const

/** What happens to users: one function, one metric or one line. */
export interface UserEvents {
  home(change: (typeof changes)[number]): void
  /** Bringing a connection to its user's home broke: a bug of ours. */
  broke(error: unknown): void
  noticed(notice: { id: string; level: string; room: string | undefined }): void
  sentAway(userId: string, connections: number): void
}

/** Registers the metrics of users. */
export const createUserEvents = (log: Log, metrics: Metrics): UserEvents => {
  const homes = metrics.counter({
    name: 'flux_home_changes_total',
    help: 'Places that users said they are at: new ones, and those said again within two seconds.',
    labels: ['change'],
    series: changes.map((change) => ({ change })),
  })
  return {
    home: (change) => homes.inc({ change }),
    broke: (err) => log.error({ err }, 'moving a connection to its home broke'),
    noticed: (notice) => log.info(notice, 'notice of the operators'),
    sentAway: (userId, connections) =>
      log.info({ userId, connections }, 'sending a user away for the operators'),
  }
}
