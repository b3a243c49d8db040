import { plainQuery } from './plain-query.ts'
import type { PlacedQuery } from './query.ts'

/** More panels than this make an address that browsers and servers no longer take. */
const mostPanels = 12

const addressOf = (url: string, queries: readonly PlacedQuery[]): string => {
  const parameters = queries.slice(0, mostPanels).flatMap(({ expr }, index) => [
    [`g${index}.expr`, plainQuery(expr)],
    [`g${index}.tab`, '0'],
    [`g${index}.range_input`, '15m'],
  ])
  return `${url}/graph?${new URLSearchParams(parameters)}`
}

/** Pages of a Prometheus, one a dashboard, that draw its first queries on our own processes' metrics. */
export const graphAddresses = (
  url: string,
  queries: readonly PlacedQuery[],
): ReadonlyMap<string, string> =>
  new Map(
    [...Map.groupBy(queries, ({ where }) => where)].map(([where, all]) => [
      where,
      addressOf(
        url,
        all.filter(({ source }) => source === 'app'),
      ),
    ]),
  )
