/** A metric as its process exposes it. */
export interface ExposedMetric {
  readonly name: string
  readonly type: string
  readonly help: string
  /** Values of every label but `le`, in the order in which they come. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>
  /** Upper ends of a histogram's buckets; empty for other types. */
  readonly buckets: readonly string[]
  /** Series that there are. */
  readonly samples: number
}

const labelsOf = (line: string): readonly (readonly [name: string, value: string])[] =>
  [...line.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  )

const readMetric = (block: string): ExposedMetric | undefined => {
  const lines = block.split('\n')
  const [, name, help = ''] = /^# HELP (\S+) (.*)$/.exec(lines[0] ?? '') ?? []
  const type = /^# TYPE \S+ (\w+)$/.exec(lines[1] ?? '')?.[1]
  if (!name || !type) return undefined
  const labels = new Map<string, Set<string>>()
  const buckets = new Set<string>()
  const samples = lines.filter((line) => line !== '' && !line.startsWith('#'))
  for (const [label, value] of samples.flatMap(labelsOf)) {
    if (label === 'le') buckets.add(value)
    else labels.set(label, (labels.get(label) ?? new Set()).add(value))
  }
  return { name, type, help, labels, buckets: [...buckets], samples: samples.length }
}

/** Reads metrics in the Prometheus text format, in the order in which they come. */
export const parseMetrics = (text: string): readonly ExposedMetric[] =>
  text.split(/\n(?=# HELP )/).flatMap((block) => readMetric(block) ?? [])
