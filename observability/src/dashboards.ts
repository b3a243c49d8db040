import { fanout } from './dashboards/fanout.ts'
import { kafkaValkey } from './dashboards/kafka-valkey.ts'
import { overview } from './dashboards/overview.ts'
import { pipeline } from './dashboards/pipeline.ts'
import { runtime } from './dashboards/runtime.ts'
import type { Dashboard } from './panel.ts'
import type { PlacedQuery } from './query.ts'

/** Every dashboard, in the order in which one looks. */
export const dashboards: readonly Dashboard[] = [overview, pipeline, fanout, runtime, kafkaValkey]

/** The queries of all panels. */
export const dashboardQueries = (): readonly PlacedQuery[] =>
  dashboards.flatMap(({ uid, rows }) =>
    rows.flatMap(({ panels }) =>
      panels.flatMap(({ title, queries }) =>
        queries.map(({ expr, source = 'app' }) => ({
          ...{ where: `dashboard ${uid}`, what: title, expr, source },
        })),
      ),
    ),
  )
