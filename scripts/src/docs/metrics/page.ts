import { generated, table } from '../table.ts'
import { type ExposedMetric, parseMetrics } from './parse.ts'
import { type Scraped, scrapeAll } from './scrape.ts'

interface Owner {
  readonly name: string
  readonly metrics: readonly ExposedMetric[]
}

/** More values than these are counted instead of listed: they are channels, topics or events, which have their own page. */
const mostValues = 12

const valuesText = (values: ReadonlySet<string>): string =>
  values.size > mostValues
    ? `${values.size} values`
    : [...values].map((value) => `\`${value}\``).join(' ')

/** What differs from process to process is told by name alone. */
const labelText = (label: string, all: readonly ExposedMetric[]): string => {
  const texts = new Set(all.map(({ labels }) => valuesText(labels.get(label) ?? new Set())))
  const [text] = texts
  return text && texts.size === 1 ? `\`${label}\`: ${text}` : `\`${label}\``
}

const row = (metric: ExposedMetric, owners: readonly Owner[]): readonly string[] => {
  const { name, type, help, labels, buckets } = metric
  const all = owners.flatMap((owner) => owner.metrics.filter((own) => own.name === name))
  const isInfo = name === 'flux_build_info'
  const told = [...labels.keys()].map((key) => (isInfo ? `\`${key}\`` : labelText(key, all)))
  return [`\`${name}\``, type, told.join('; ') || '–', buckets.join(' ') || '–', help]
}

const section = (title: string, metrics: readonly ExposedMetric[], owners: readonly Owner[]) =>
  metrics.length === 0
    ? []
    : [
        `## ${title}\n\n${table(
          ['metric', 'type', 'labels', 'buckets', 'what it is'],
          metrics.map((metric) => row(metric, owners)),
        )}`,
      ]

const isOurs = ({ name }: ExposedMetric): boolean => name.startsWith('flux_')

/** Metrics of the first owner that all of them have. */
const sharedBy = ([first, ...others]: readonly Owner[]): readonly ExposedMetric[] =>
  (first?.metrics ?? []).filter(({ name }) =>
    others.every((owner) => owner.metrics.some((own) => own.name === name)),
  )

/** Metrics that more than one of the owners has. */
const repeatedIn = (owners: readonly Owner[]): readonly ExposedMetric[] => {
  const byName = Map.groupBy(
    owners.flatMap((owner) => owner.metrics),
    ({ name }) => name,
  )
  return [...byName.values()].flatMap(([first, second]) => (first && second ? [first] : []))
}

const without = (metrics: readonly ExposedMetric[], taken: readonly ExposedMetric[]) =>
  metrics.filter(({ name }) => !taken.some((other) => other.name === name))

/** The page of what processes expose. */
const metricsPage = (scraped: readonly Scraped[]): string => {
  const owners = scraped.map(({ name, text }) => ({ name, metrics: parseMetrics(text) }))
  const services = owners.filter(({ name }) => name.endsWith('-service'))
  const common = sharedBy(owners)
  const ofServices = without(repeatedIn(services), common)
  const own = owners.flatMap((owner) => {
    const shared = [...common, ...(services.includes(owner) ? ofServices : [])]
    return section(owner.name, without(owner.metrics, shared).filter(isOurs), [owner])
  })
  const ofNode = common.filter((metric) => !isOurs(metric))
  return `${generated}

# Metrics

Every process serves its metrics at \`/metrics\` of its internal port: in the Prometheus text format, or as OpenMetrics with exemplars (\`trace_id\`) where
the request's \`Accept\` asks for it. Every series is there from the start. Names carry their unit; a label has few values, none of them made by a client.
Values of labels are listed where there are at most ${mostValues}; a label without values has other ones in other processes.

\`GET /loglevel\` of the same port tells at what level the process logs; \`POST /loglevel\` with \`{"level":"debug","forMs":60000}\` changes it for a minute (\`forMs\`
left out: until it is set again).

${[...section('Every process', common.filter(isOurs), owners), ...section('Services', ofServices, services), ...own].join('\n\n')}

## Node.js

${table(
  ['metric', 'type', 'what it is'],
  ofNode.map(({ name, type, help }) => [`\`${name}\``, type, help]),
)}
`
}

/** `docs/metrics.md`. Throws StackError when a process does not start. */
export const metrics = async (): Promise<string> => metricsPage(await scrapeAll())
