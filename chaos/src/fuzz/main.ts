// make fuzz (node chaos/src/fuzz/main.ts): hostile input on every way into a running BFF, beside a client in good faith.
// INPUTS=1000000: how many in all. SEED=…: the seed of a run that failed; the same inputs come again. ONLY=name,…: some of the ways.
import { createKafkaBus, createLog, createMetrics, systemClock } from '@flux/runtime'
import { startStack, until } from '@flux/scripts/stack'
import { type Counts, createTally, type Surface, type Target } from './surface.ts'
import { events } from './surfaces/events.ts'
import { frames, handshakes } from './surfaces/frames.ts'
import { http, rawBytes } from './surfaces/http.ts'
import { records } from './surfaces/records.ts'
import { errorsLogged, openWitness, rssMibOf } from './watch.ts'

const { env } = process
const inputs = Number(env['INPUTS'] || 1_000_000)
const seed = Number(env['SEED'] || systemClock.now() % 100_000)
const rounds = 10
/** What the heap may still gain in the second half: room that V8 takes and gives back. */
const mostGrowthMib = 48

const surfaces: readonly Surface[] = [events, frames, handshakes, http, rawBytes, records]
const wanted = env['ONLY']?.split(',').filter(Boolean)
const chosen = surfaces.filter(({ name }) => wanted?.includes(name) ?? true)

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length

interface Run {
  readonly counts: ReadonlyMap<string, Counts>
  /** Resident memory after each round, in MiB. */
  readonly rss: readonly number[]
}

const runRounds = async (target: Target, pid: number): Promise<Run> => {
  const tallies = chosen.map((surface) => ({ surface, tally: createTally() }))
  const rss: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (const { surface, tally } of tallies) {
      const count = Math.ceil((inputs * surface.share) / rounds)
      await surface.run(target, { count, seed: seed + round, tally })
    }
    rss.push(rssMibOf(pid))
    console.log(`round ${round + 1} of ${rounds}: RSS ${(rss.at(-1) ?? 0).toFixed(0)} MiB`)
  }
  return {
    counts: new Map(tallies.map(({ surface, tally }) => [surface.name, tally.counts()])),
    rss,
  }
}

const report = ({ counts, rss }: Run, faults: readonly string[]): boolean => {
  console.log(`\nseed ${seed}`)
  for (const [name, { sent, answered }] of counts)
    console.log(
      `${name.padEnd(18)}${sent.toLocaleString('en').padStart(10)} sent ${answered.toLocaleString('en').padStart(10)} answered`,
    )
  const growth = mean(rss.slice(-3)) - mean(rss.slice(4, 7))
  const own = [...counts].flatMap(([name, { faults: some }]) =>
    some.slice(0, 10).map((what) => `${name}: ${what}`),
  )
  const all = [
    ...own,
    ...faults,
    ...(growth < mostGrowthMib ? [] : [`memory still grew by ${growth.toFixed(0)} MiB`]),
  ]
  const total = [...counts.values()].reduce((sum, { sent }) => sum + sent, 0)
  console.log(
    `${total.toLocaleString('en')} inputs, memory ${growth.toFixed(0)} MiB more in the last third than in the middle`,
  )
  for (const fault of all) console.log(`FAULT  ${fault}`)
  console.log(all.length === 0 ? 'holds: nothing broke, nothing leaked' : `${all.length} faults`)
  return all.length === 0
}

const fuzz = async (): Promise<boolean> => {
  const stack = await startStack({
    bff: 1,
    services: { crypto: 1, canary: 1 },
    env: {
      bff: {
        ...{ EVENT_BURST: '10000', EVENTS_PER_SECOND: '10000', MAX_CONNECTIONS_PER_ADDRESS: '0' },
        ...{ COLD_HYDRATES_PER_MINUTE: '10000', LOG_LEVEL: 'warn' },
      },
    },
  })
  try {
    const [bff] = stack.bff
    const { pid, url } = bff ?? {}
    if (!bff || pid === undefined || url === undefined) throw new Error('no replica runs')
    const bus = createKafkaBus({
      brokers: stack.kafka.brokers.split(','),
      clientId: 'fuzz',
      log: createLog({ name: 'fuzz', level: 'error' }),
      metrics: createMetrics(),
      clock: systemClock,
    })
    const witness = openWitness(url)
    await until(async () => witness.canaries() > 0, {
      what: 'the first canary',
      deadlineMs: 20_000,
    })
    const run = await runRounds({ url, bus }, pid)
    const before = witness.canaries()
    await systemClock.sleep(5_000)
    const faults = [
      ...witness.faults(),
      ...(witness.canaries() > before ? [] : ['no canary comes any more']),
      ...(bff.pid === pid ? [] : ['the replica has ended']),
      ...errorsLogged(bff).map((message) => `logged as an error: ${message}`),
    ]
    witness.close()
    await bus.close()
    return report(run, faults)
  } finally {
    await stack.close()
  }
}

if (chosen.length === 0) {
  console.error(`the ways in are ${surfaces.map(({ name }) => name).join(', ')}`)
  process.exitCode = 64
} else {
  process.exitCode = (await fuzz()) ? 0 : 1
}
