import { systemClock } from '@flux/runtime'
import type { Served } from '../bench/bench.ts'
import { flux } from '../bench/drivers/flux.ts'
import type { Fleet, FleetReport } from '../bench/fleet.ts'
import { rssMibOf } from '../bench/measure/server.ts'
import { invalidBecause } from '../bench/measure/verdict.ts'
import type { ProduceOutput } from '../bench/produce/messages.ts'
import { gather, highest, settled } from './crowd.ts'
import { cursorOf, returnProtocol } from './known.ts'
import { metricOf } from './metric.ts'
import { below, type Outcome, type Scenario, setting, shown } from './scenario.ts'

const clients = setting('CLIENTS', 1_000)
const recordsPerSecond = setting('RATE', 500)
const pausedSeconds = setting('PAUSED', 60)
const steadySeconds = setting('STEADY', 20)
const keys = 50
const slow = Math.max(1, Math.round(clients / 100))
const warmSeconds = 5
const afterSeconds = 8
/** Shorter than the server waits for the answer to a ping: a mailbox has to bridge it. */
const shortSeconds = setting('SHORT', 6)

interface Phases {
  readonly steady: FleetReport
  readonly beside: FleetReport
  readonly grownMib: number
  readonly produced: ProduceOutput
  /** Slow clients that were still connected after the short pause, and after the long one. */
  readonly heldShort: number
  readonly heldLong: number
}

/** Slow clients that the server still has: a raw socket does not notice by itself that its connection was closed. */
const heldBy = async ({ server }: Served): Promise<number> =>
  (await metricOf(server.metricsUrl ?? '', 'flux_sockets')) - (clients - slow)

/** The slow ones stop for a while; tells how many are still connected when they have read what came. */
const pause = async (
  { served, slowOnes }: { readonly served: Served; readonly slowOnes: Fleet },
  during: () => Promise<void>,
): Promise<number> => {
  await slowOnes.pause(slow)
  await during()
  await slowOnes.resume(slow)
  await systemClock.sleep(1_000)
  return heldBy(served)
}

/** All read; the slow ones stop shortly; then for so long that they are closed, and come back with their cursors. */
const watch = async (served: Served, others: Fleet, slowOnes: Fleet): Promise<Phases> => {
  const { server } = served
  const seconds = warmSeconds + steadySeconds + shortSeconds + pausedSeconds + afterSeconds
  const producing = served.produce({ perSecond: recordsPerSecond, seconds, keys, valueBytes: 250 })
  await systemClock.sleep(warmSeconds * 1_000)
  await others.mark()
  const before = await highest(steadySeconds, () => rssMibOf(server.pid))
  const steady = await others.report()
  const heldShort = await pause({ served, slowOnes }, () => systemClock.sleep(shortSeconds * 1_000))
  const known = await cursorOf(server)
  await others.mark()
  let during = before
  const heldLong = await pause({ served, slowOnes }, async () => {
    during = await highest(pausedSeconds, () => rssMibOf(server.pid))
  })
  const beside = await others.report()
  if (heldLong < slow) {
    await slowOnes.drop()
    await slowOnes.open(slow, { protocol: returnProtocol(known), atOnce: slow })
  }
  return {
    steady,
    beside,
    heldShort,
    heldLong,
    grownMib: during - before,
    produced: await producing,
  }
}

const percentMore = (now: number, before: number) => (now / Math.max(before, 1e-9) - 1) * 100

const outcomeOf = (phases: Phases, slowEnd: FleetReport, isCurrent: boolean): Outcome => {
  const { steady, beside, grownMib, produced, heldShort, heldLong } = phases
  const isBack = isCurrent && slowEnd.open === slow
  const more = percentMore(beside.latency.p99, steady.latency.p99)
  return {
    figures: [
      `others: ${Math.round(steady.perSecond)} deliveries/s before, ${Math.round(beside.perSecond)} beside slow ones`,
      `others: p50 ${steady.latency.p50.toFixed(1)} → ${beside.latency.p50.toFixed(1)} ms, p99 ${steady.latency.p99.toFixed(1)} → ${beside.latency.p99.toFixed(1)} ms`,
      `slow ones: after ${shortSeconds} s ${heldShort} of ${slow} still connected, after ${pausedSeconds} s ${heldLong}, at the end ${slowEnd.open}`,
    ],
    verdicts: [
      shown(`${shortSeconds} s without reading closes nobody`, heldShort === slow, `${heldShort}`),
      below('the server grows by', grownMib, { limit: 50, unit: 'MiB' }),
      below('p99 of the others rises by', more, { limit: 20, unit: '%' }),
      shown('every slow client ends with the newest of every key', isBack, `${isBack}`),
      shown('none out of order', slowEnd.misordered === 0, `${slowEnd.misordered}`),
    ],
    invalid: invalidBecause([...steady.efforts, ...beside.efforts], produced),
  }
}

/** 1 % of the clients stop reading their sockets at full load. */
export const slowReaders: Scenario = {
  name: 'slow-readers',
  about: `${slow} of ${clients} clients stop reading for ${pausedSeconds} s at ${recordsPerSecond} records/s`,
  run: async (bench) => {
    const served = await bench.serve(flux, { delivery: 'latest' })
    const perClient = { expectedPerSecond: clients * recordsPerSecond }
    const others = await gather(served, { ...perClient, clients: clients - slow, processes: 2 })
    const slowOnes = await gather(served, {
      ...perClient,
      ...{ clients: slow, processes: 1, witnesses: slow },
    })
    try {
      const phases = await watch(served, others, slowOnes)
      const isCurrent = await settled(slowOnes, keys)
      return outcomeOf(phases, await slowOnes.report(), isCurrent)
    } finally {
      await Promise.all([others.close(), slowOnes.close()])
      await served.close()
    }
  },
}
