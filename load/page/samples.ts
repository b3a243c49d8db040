/** What a page did between two looks. Shares are of one core, in percent. */
export interface Sample {
  /** Minutes since the measurement began. */
  readonly minute: number
  /** Prices received per second. */
  readonly valuesPerS: number
  readonly script: number
  /** Everything that the page's main thread did: script, style, layout, paint, collections. */
  readonly mainThread: number
  /** Tasks that took more than 50 ms of the processor. */
  readonly longTasks: number
  /** After a full collection, in megabytes. */
  readonly heapMb: number
  readonly nodes: number
  readonly listeners: number
}

/** Work that React did, per second. */
export interface Rates {
  readonly commits: number
  readonly rows: number
  readonly values: number
}

/** What is asked of the page. */
const limits = {
  /** Share of a core for scripts, in percent. */
  script: 25,
  /** Prices that must have come per second, or nothing was measured. */
  values: 150,
  commits: 60,
  /** Growth of the heap from the first third to the last, in percent. */
  heapGrowth: 10,
} as const

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1)

/** Growth of the heap from the first third of the samples to the last one, in percent. */
export const heapGrowth = (samples: readonly Sample[]): number => {
  const third = Math.max(1, Math.floor(samples.length / 3))
  const heaps = samples.map(({ heapMb }) => heapMb)
  return (mean(heaps.slice(-third)) / mean(heaps.slice(0, third)) - 1) * 100
}

/** What was found wanting, a sentence each. */
export const faultsOf = (samples: readonly Sample[], rates: Rates): string[] => {
  const script = mean(samples.map((sample) => sample.script))
  const values = mean(samples.map((sample) => sample.valuesPerS))
  const long = samples.reduce((sum, { longTasks }) => sum + longTasks, 0)
  const growth = heapGrowth(samples)
  const checks = [
    [values >= limits.values, `only ${values.toFixed(0)} values came a second`],
    [script < limits.script, `scripts took ${script.toFixed(1)} % of a core`],
    [long === 0, `${long} tasks were longer than 50 ms`],
    [growth < limits.heapGrowth, `the heap grew by ${growth.toFixed(1)} %`],
    [rates.commits <= limits.commits, `React committed ${rates.commits.toFixed(1)} times a second`],
    [rates.rows <= rates.values, `${rates.rows} rows were rendered for ${rates.values} values`],
  ] as const
  return checks.filter(([holds]) => !holds).map(([, words]) => words)
}

const columns = [
  ['minute', ({ minute }: Sample) => minute.toFixed(1)],
  ['values/s', ({ valuesPerS }: Sample) => valuesPerS.toFixed(0)],
  ['script %', ({ script }: Sample) => script.toFixed(1)],
  ['main thread %', ({ mainThread }: Sample) => mainThread.toFixed(1)],
  ['tasks > 50 ms', ({ longTasks }: Sample) => String(longTasks)],
  ['heap MB', ({ heapMb }: Sample) => heapMb.toFixed(2)],
  ['nodes', ({ nodes }: Sample) => String(nodes)],
  ['listeners', ({ listeners }: Sample) => String(listeners)],
] as const

/** The head of the table. */
export const headLine = (): string => columns.map(([name]) => name).join('  ')

/** A sample as a line of the table. */
export const sampleLine = (sample: Sample): string =>
  columns.map(([name, show]) => show(sample).padStart(name.length)).join('  ')
