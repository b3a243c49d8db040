import type { Driver } from '../drivers/driver.ts'
import type { Spread } from '../measure/stats.ts'
import type { Group } from '../plan.ts'
import { type Check, checksOf } from './checks.ts'
import type { Machine } from './machine.ts'
import type { GroupResult } from './results.ts'
import { type Row, summarize } from './summary.ts'
import type { Plot } from './svg.ts'

const number = (n: number, digits = 0) =>
  n.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })

/** `12 (11–14)`; only the middle where nothing was repeated. */
const spread = ({ median, low, high }: Spread, digits = 0): string =>
  low === high
    ? number(median, digits)
    : `${number(median, digits)} (${number(low, digits)}–${number(high, digits)})`

const loadText = ({ load }: Row) =>
  `${number(load.clients)} × ${number(load.recordsPerSecond)}${load.rooms === 'per-key' ? ', own rooms' : ''}`

interface Column {
  readonly title: string
  cell(row: Row): string
}

const orderedColumns: readonly Column[] = [
  { title: 'clients × records/s', cell: loadText },
  { title: 'server', cell: (row) => row.driver },
  { title: 'events/s', cell: (row) => spread(row.perSecond) },
  {
    title: 'all arrived',
    cell: (row) => (row.complete ? 'yes' : `${number(row.deliveredShare * 100)} %`),
  },
  { title: 'µs CPU per event', cell: (row) => spread(row.cpuMicros, 2) },
  { title: 'core used', cell: (row) => `${number(row.cpuShare.median * 100)} %` },
  { title: 'p50 ms', cell: (row) => spread(row.p50) },
  { title: 'p99 ms', cell: (row) => spread(row.p99) },
  { title: 'loop p99 ms', cell: (row) => spread(row.probeP99) },
  { title: 'RSS MiB', cell: (row) => number(row.rssMib.median) },
  { title: 'bytes per event', cell: (row) => number(row.bytesPerEvent) },
  {
    title: 'valid',
    cell: (row) =>
      row.invalid.length === 0 ? 'yes' : `no: ${[...new Set(row.invalid)].join('; ')}`,
  },
]

const latestColumns: readonly Column[] = [
  { title: 'clients × records/s', cell: loadText },
  { title: 'events/s', cell: (row) => spread(row.perSecond) },
  { title: 'delivered', cell: (row) => `${number(row.deliveredShare * 100, 1)} %` },
  { title: 'conflated', cell: (row) => `${number((1 - row.deliveredShare) * 100, 1)} %` },
  { title: 'age p50 ms', cell: (row) => spread(row.ageP50) },
  { title: 'age p99 ms', cell: (row) => spread(row.ageP99) },
  { title: 'all newest after ms', cell: (row) => (row.complete ? spread(row.settledMs) : 'never') },
  { title: 'out of order', cell: (row) => number(row.misordered) },
  { title: 'µs CPU per event', cell: (row) => spread(row.cpuMicros, 2) },
  { title: 'loop p99 ms', cell: (row) => spread(row.probeP99) },
  {
    title: 'valid',
    cell: (row) =>
      row.invalid.length === 0 ? 'yes' : `no: ${[...new Set(row.invalid)].join('; ')}`,
  },
]

const table = (columns: readonly Column[], rows: readonly Row[]): string =>
  [
    `| ${columns.map((c) => c.title).join(' | ')} |`,
    `|${columns.map(() => '---').join('|')}|`,
    ...rows.map((row) => `| ${columns.map((c) => c.cell(row)).join(' | ')} |`),
  ].join('\n')

/** The table of a group's rows. */
export const groupTable = (rows: readonly Row[]): string =>
  table(rows.every((row) => row.load.delivery === 'latest') ? latestColumns : orderedColumns, rows)

/** A line per server, by name: so that a server has the same colour in every plot. */
const seriesBy = (rows: readonly Row[], x: (row: Row) => number, y: (row: Row) => number) =>
  [...Map.groupBy(rows, (row) => row.driver)]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, own]) => ({
      name,
      points: own.map((row) => ({ x: x(row), y: y(row) })).sort((a, b) => a.x - b.x),
    }))

/** The plots of a group, by file name. */
export const plotsOf = (group: string, rows: readonly Row[]): ReadonlyMap<string, Plot> => {
  const core = (row: Row) => row.cpuShare.median * 100
  if (group === 'clients')
    return new Map([
      [
        'clients.svg',
        {
          title: 'CPU of the server by clients (100 records/s)',
          xLabel: 'clients in one room',
          yLabel: 'per cent of a core',
          series: seriesBy(
            rows.filter((r) => r.load.recordsPerSecond === 100),
            (r) => r.load.clients,
            core,
          ),
        },
      ],
    ])
  if (group === 'ingest')
    return new Map([
      [
        'ingest.svg',
        {
          title: 'CPU of the server by records (200 clients)',
          xLabel: 'records a second',
          yLabel: 'per cent of a core',
          series: seriesBy(rows, (r) => r.load.recordsPerSecond, core),
        },
      ],
    ])
  if (group === 'rooms')
    return new Map([
      [
        'rooms.svg',
        {
          title: 'Events delivered a second, room of 2,000 clients',
          xLabel: 'records a second',
          yLabel: 'events a second',
          series: seriesBy(
            rows.filter((r) => r.load.clients === 2_000),
            (r) => r.load.recordsPerSecond,
            (r) => r.perSecond.median,
          ),
        },
      ],
    ])
  return new Map()
}

const machineText = ({ machine, day, repetitions, seconds }: GroupResult): string => {
  const { cpu, cores, memoryGib, kernel, node, versions, commit } = machine
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return `Measured ${day} on ${cpu}, ${cores} cores, ${memoryGib} GiB, ${kernel}, Node ${node}, commit ${commit}; ${names.join(', ')}. ${repetitions} × ${seconds} s, servers alternating; the middle, in brackets the smallest and largest.`
}

const mark = (holds: boolean | undefined) => (holds === undefined ? '–' : holds ? 'yes' : '**no**')

const checksTable = (checks: readonly Check[]): string =>
  [
    '| promise | measured | holds |',
    '|---|---|---|',
    ...checks.map((c) => `| ${c.promise} | ${c.measured} | ${mark(c.holds)} |`),
  ].join('\n')

/** Whatever a reader has to know to judge the figures. */
const method = (drivers: readonly Driver[]): string =>
  `Servers, each a process of its own, one at a time, fed from the same real Kafka:

${drivers.map(({ name, about }) => `- **${name}**: ${about}`).join('\n')}

- The clients are raw WebSocket connections in processes of their own on the same machine, on the loopback; they count every event exactly and look at the time of a sample of them.
- A record is due at an exact time, whatever became of those before; its latency counts from there to its arrival, so that nothing hides in a producer or server that waits (no coordinated omission). All processes read one monotonic clock.
- CPU per event is the server's own time (user and system) by the events that arrived in the window; the loop's delay is the answer time of a trivial request every 50 ms.
- A run is invalid, and says so, when the load generator was at its limit: a client process at 90 % of a core or 50 ms late, or more than 5 % of the records sent more than 10 ms late. It is made again once; tables hold valid runs only where there is one. With few cores, servers and clients take each other's time: compare within a table.`

const section = (group: Group, result: GroupResult): string => {
  const rows = summarize(result.runs)
  const images = [...plotsOf(group.name, rows)].map(
    ([file, { title }]) => `\n![${title}](benchmarks/${file})\n`,
  )
  return `## ${group.title}

${group.about}

${groupTable(rows)}
${images.join('')}
${machineText(result)}`
}

/** The page docs/benchmarks.md. */
export const benchmarksPage = (options: {
  readonly plan: readonly Group[]
  readonly results: readonly GroupResult[]
  readonly drivers: readonly Driver[]
}): string => {
  const { plan, results, drivers } = options
  const rows = new Map(results.map((r) => [r.name, summarize(r.runs)] as const))
  const names = new Set(results.flatMap(({ runs }) => runs.map(({ driver }) => driver)))
  const measured = drivers.filter(({ name }) => names.has(name))
  const sections = plan.flatMap((group) => {
    const result = results.find(({ name }) => name === group.name)
    return result ? [section(group, result)] : []
  })
  return `# Benchmarks

<!-- Written by \`make bench\` from benchmarks/results.json; do not edit. -->

\`make bench QUICK=1\` takes three minutes and prints; \`make bench\` measures everything and writes this page (\`RUNS=3\`, \`SECONDS=8\`, \`ONLY=beside,rooms\`, \`DRIVERS=flux,plain\`).

${method(measured)}

## What has to hold

Limits in milliseconds and microseconds were set on a machine where plain Socket.IO needs 16.7 µs per delivery to 200 clients at 100 records a second, with a p50 of 3 ms; its row below tells how this one compares. Ratios are within one run.

${checksTable(checksOf(rows))}

${sections.join('\n\n')}
`
}

/** One line about the machine, for the terminal. */
export const machineLine = ({ cpu, cores, node, commit }: Machine): string =>
  `${cpu}, ${cores} cores, Node ${node}, commit ${commit}`
