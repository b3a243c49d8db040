import type { PlacedQuery } from '../query.ts'
import { alerts } from './alerts.ts'
import { recordings } from './groups.ts'

/** The queries of all rules. */
export const ruleQueries = (): readonly PlacedQuery[] => [
  ...recordings.map(({ record, expr }) => ({
    ...{ where: 'recording rules', what: record, expr },
    source: 'app' as const,
  })),
  ...alerts.map(({ name, expr, source }) => ({ where: `alert ${name}`, what: name, expr, source })),
]
