// node load/deltas.ts: what sending only the changed fields of `latest` values would save, measured with a minute of
// tickers and quotes of the sandbox: bytes, CPU to encode, CPU to write packs, CPU to read at the client. SECONDS=60
import { cryptoTicker, stockQuotes } from '@flux/contracts'
import { cpuMicros, writeCost } from './deltas/cost.ts'
import { changedFields, type Pair, packed, pairsOf } from './deltas/frames.ts'
import { recordStreams } from './deltas/record.ts'

const seconds = Number(process.env['SECONDS'] || 60)
const tickMs = 10
const sockets = 200
const rounds = 50

const bytesOf = (texts: readonly string[]) =>
  texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / texts.length

/** What making deltas adds per record: once per record and process, whatever the number of clients. */
const diffCost = async (pairs: readonly Pair[]) => {
  const values = pairs.map(({ full }) => JSON.parse(full.slice(2))[1].d)
  const micros = await cpuMicros(() => {
    for (let round = 0; round < rounds; round += 1)
      for (const [index, value] of values.entries())
        JSON.stringify(changedFields(values[index - 1] ?? {}, value))
  })
  return micros / (rounds * pairs.length)
}

/** What a client pays per event: parsing, and for a delta the merge into a new object. */
const readCost = async (texts: readonly string[], isDelta: boolean) => {
  let held: object = {}
  const micros = await cpuMicros(() => {
    for (let round = 0; round < rounds; round += 1)
      for (const text of texts) {
        const [, entry] = JSON.parse(text.slice(2))
        if (isDelta) held = { ...held, ...entry.c }
      }
  })
  return micros / (rounds * texts.length)
}

const measure = async (name: string, pairs: readonly Pair[]) => {
  const own = pairs.filter(({ full, delta }) => full !== delta)
  const full = packed(own, tickMs, (pair) => pair.full)
  const delta = packed(own, tickMs, (pair) => pair.delta)
  return {
    channel: name,
    'records/s': (pairs.length / seconds).toFixed(0),
    'records per tick': (own.length / full.length).toFixed(1),
    'bytes full': bytesOf(own.map((p) => p.full)).toFixed(0),
    'bytes delta': bytesOf(own.map((p) => p.delta)).toFixed(0),
    'diff µs/record': (await diffCost(own)).toFixed(2),
    'write full µs/pack': (await writeCost(full, sockets)).toFixed(2),
    'write delta µs/pack': (await writeCost(delta, sockets)).toFixed(2),
    'read full µs': (
      await readCost(
        own.map((p) => p.full),
        false,
      )
    ).toFixed(2),
    'read delta µs': (
      await readCost(
        own.map((p) => p.delta),
        true,
      )
    ).toFixed(2),
  }
}

const streams = await recordStreams([cryptoTicker, stockQuotes], seconds)
const rows = []
for (const [name, records] of streams) {
  if (records.length > 0) rows.push(await measure(name, pairsOf(name, records)))
}
const all = [...streams].flatMap(([name, records]) => pairsOf(name, records))
rows.push(
  await measure(
    'both',
    all.toSorted((a, b) => a.at - b.at),
  ),
)
console.table(rows)
