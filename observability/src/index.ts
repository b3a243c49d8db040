import { join } from 'node:path'
import { repository } from './files.ts'
import { ruleTexts } from './rules/groups.ts'

export { dashboardQueries } from './dashboards.ts'
export type { PlacedQuery, Source } from './query.ts'
export { ruleQueries } from './rules/queries.ts'

/** The files of rules as they are committed. */
export const ruleFiles: readonly string[] = [...ruleTexts.keys()].map((name) =>
  join(repository, 'charts/flux/files/rules', name),
)
