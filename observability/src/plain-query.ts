import { parser } from '@prometheus-io/lezer-promql'

const bySeconds = (seconds: number): Readonly<Record<string, string>> => ({
  __rate_interval: `${4 * seconds}s`,
  __interval: `${seconds}s`,
  __range: '5m',
})

/**
 * A dashboard's query as Prometheus takes it: Grafana's intervals for a Prometheus that scrapes every `scrapeSeconds`,
 * and every variable of the dashboard standing for all of its values.
 */
export const plainQuery = (expr: string, scrapeSeconds = 5): string => {
  const known = bySeconds(scrapeSeconds)
  return expr.replace(/\$(\w+)/g, (_, name: string) => known[name] ?? '.*')
}

/** What is wrong with a query, as places in it; empty when it parses. */
export const faultsIn = (expr: string): readonly number[] => {
  const faults: number[] = []
  parser.parse(expr).iterate({
    enter: ({ type, from }) => {
      if (type.isError) faults.push(from)
    },
  })
  return faults
}

/** The selectors of a query without their ranges, as texts: `flux_sockets{job="bff"}`. */
export const selectorsIn = (expr: string): readonly string[] => {
  const selectors: string[] = []
  parser.parse(expr).iterate({
    enter: ({ name, from, to }) => {
      if (name === 'VectorSelector') selectors.push(expr.slice(from, to))
    },
  })
  return selectors
}

/** The names of the metrics, recorded ones too, that a query selects. */
export const metricsIn = (expr: string): ReadonlySet<string> => {
  const names = new Set<string>()
  parser.parse(expr).iterate({
    enter: ({ name, node }) => {
      if (name !== 'VectorSelector') return
      const identifier = node.getChild('Identifier')
      if (identifier) names.add(expr.slice(identifier.from, identifier.to))
    },
  })
  return names
}
