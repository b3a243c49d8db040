import type { Load } from './result.ts'

/** Loads that are measured together; the page has a table for each. */
export interface Group {
  readonly name: string
  readonly title: string
  /** What the group shows and how it is measured. */
  readonly about: string
  readonly cases: readonly Case[]
}

/** One load and the servers that it is measured with. */
interface Case {
  readonly load: Load
  readonly drivers: readonly string[]
}

const valueBytes = 250
const everyone = ['flux', 'packed', 'plain']
/** Where the usual build delivers nothing any more. */
const packing = ['flux', 'packed']

const ordered = (clients: number, recordsPerSecond: number): Load => ({
  ...{ clients, recordsPerSecond, keys: 50, valueBytes },
  ...{ delivery: 'ordered', rooms: 'one' },
})

const latest = (clients: number, recordsPerSecond: number): Load => ({
  ...ordered(clients, recordsPerSecond),
  delivery: 'latest',
})

const beside: Group = {
  name: 'beside',
  title: 'Beside others',
  about:
    'One room, 50 keys, every record to every client (conflation off). Each server gets the same records of 250 bytes; what a client gets per event is in the table, envelope and framing included.',
  cases: [
    { load: ordered(200, 100), drivers: everyone },
    { load: ordered(500, 100), drivers: everyone },
    { load: ordered(500, 200), drivers: everyone },
    { load: ordered(500, 1_000), drivers: everyone },
    { load: ordered(2_000, 500), drivers: packing },
    { load: ordered(1_000, 2_000), drivers: packing },
  ],
}

const rates = (clients: number, own: readonly number[], others: readonly number[]): Case[] => [
  ...others.map((rate) => ({ load: ordered(clients, rate), drivers: ['plain'] })),
  ...own.map((rate) => ({ load: ordered(clients, rate), drivers: ['flux'] })),
]

const rooms: Group = {
  name: 'rooms',
  title: 'Large rooms',
  about:
    'The most deliveries per second that a server reaches in a room of 2,000 and of 5,000 clients: the rate rises until more records a second deliver no more events.',
  cases: [
    ...rates(2_000, [250, 500, 750, 1_000], [20, 40, 60, 100]),
    ...rates(5_000, [100, 200, 300, 400], [8, 16, 24, 40]),
  ],
}

const clients: Group = {
  name: 'clients',
  title: 'Cost by clients',
  about: 'One room, 50 keys, 100 records a second, every record to every client.',
  cases: [
    ...[1_000, 2_000, 5_000, 10_000].map((count) => ({
      load: ordered(count, 100),
      drivers: ['flux'],
    })),
    { load: ordered(1_000, 20), drivers: ['plain'] },
  ],
}

const ingest: Group = {
  name: 'ingest',
  title: 'Cost by records',
  about: 'One room of 200 clients, 50 keys, every record to every client.',
  cases: [100, 200, 500, 1_000, 2_000, 5_000].map((rate) => ({
    load: ordered(200, rate),
    drivers: rate <= 500 ? ['flux', 'plain'] : ['flux'],
  })),
}

const conflation: Group = {
  name: 'conflation',
  title: 'Conflation',
  about:
    'A `latest` channel: a client is owed the newest value of every key. Offered = delivered + conflated; the age is that of the newest value of a key at a client just before the next one came.',
  cases: [
    { load: latest(500, 1_000), drivers: ['flux'] },
    { load: latest(2_000, 1_000), drivers: ['flux'] },
    { load: latest(5_000, 200), drivers: ['flux'] },
  ],
}

const tracing: Group = {
  name: 'tracing',
  title: 'Traces that nobody records',
  about:
    'OpenTelemetry on with a share of 0, beside off: what every record pays for the few that are traced elsewhere.',
  cases: [ordered(200, 2_000), ordered(1_000, 500)].map((load) => ({
    load,
    drivers: ['flux', 'flux-traced'],
  })),
}

/** Everything that `make bench` measures. */
export const fullPlan: readonly Group[] = [beside, rooms, clients, ingest, conflation, tracing]

/** What a reader tries first: under three minutes, nothing is written. */
export const quickPlan: readonly Group[] = [
  {
    ...beside,
    cases: [
      { load: ordered(200, 100), drivers: everyone },
      { load: ordered(500, 200), drivers: everyone },
      { load: ordered(500, 1_000), drivers: ['flux'] },
      { load: ordered(2_000, 500), drivers: ['flux'] },
    ],
  },
]
