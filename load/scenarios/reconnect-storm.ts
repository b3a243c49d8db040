import { systemClock } from '@flux/runtime'
import type { Served } from '../bench/bench.ts'
import { flux } from '../bench/drivers/flux.ts'
import type { Fleet } from '../bench/fleet.ts'
import { probe, rssMibOf } from '../bench/measure/server.ts'
import { invalidBecause } from '../bench/measure/verdict.ts'
import { gather, settled } from './crowd.ts'
import { cursorOf, returnProtocol } from './known.ts'
import { metricOf } from './metric.ts'
import { below, type Outcome, type Scenario, setting, shown } from './scenario.ts'

const clients = setting('CLIENTS', 5_000)
const recordsPerSecond = setting('RATE', 100)
const awaySeconds = 1
const keys = 50
const seconds = setting('SECONDS', 25)

const hydrates = ({ server }: Served, outcome: string) =>
  metricOf(server.metricsUrl ?? '', `flux_hydrates_total{outcome="${outcome}"}`)

/** All drop; a moment later all of them come at once, while records go on. */
const storm = async (served: Served, fleet: Fleet) => {
  const watch = probe(served.server.probeUrl)
  try {
    const known = await cursorOf(served.server)
    await fleet.drop()
    await systemClock.sleep(awaySeconds * 1_000)
    const before = await hydrates(served, 'recovered')
    watch.mark()
    await fleet.mark()
    const opened = await fleet.open(clients, { protocol: returnProtocol(known), atOnce: clients })
    const lag = watch.read()
    const { efforts } = await fleet.report()
    return { opened, lag, efforts, recovered: (await hydrates(served, 'recovered')) - before }
  } finally {
    watch.stop()
  }
}

const measure = async (served: Served, fleet: Fleet): Promise<Outcome> => {
  const feed = { perSecond: recordsPerSecond, seconds, keys, valueBytes: 250 }
  const producing = served.produce(feed)
  await systemClock.sleep(3_000)
  const { opened, lag, efforts, recovered } = await storm(served, fleet)
  const produced = await producing
  const isCurrent = await settled(fleet, keys)
  const { p50, p99, max } = opened.handshake
  return {
    figures: [
      `from the first byte to the hydrate: p50 ${p50.toFixed(0)}, p99 ${p99.toFixed(0)}, max ${max.toFixed(0)} ms`,
      `event loop: p50 ${lag.p50.toFixed(0)}, p99 ${lag.p99.toFixed(0)}, max ${lag.max.toFixed(0)} ms; RSS ${rssMibOf(served.server.pid).toFixed(0)} MiB`,
    ],
    verdicts: [
      shown('all are hydrated', opened.failed === 0, `${opened.ready} of ${clients}`),
      shown('all are recovered', recovered >= clients, `${recovered}`),
      below('event loop lag p99', lag.p99, { limit: 200, unit: 'ms' }),
      shown('all end with the newest of every key', isCurrent, `${isCurrent}`),
    ],
    invalid: invalidBecause(efforts, produced),
  }
}

/** Everybody drops and comes back at once with a cursor. */
export const reconnectStorm: Scenario = {
  name: 'reconnect-storm',
  about: `${clients} clients come back at once with cursors, at ${recordsPerSecond} records/s`,
  run: async (bench) => {
    const served = await bench.serve(flux, { delivery: 'latest' })
    const expectedPerSecond = clients * recordsPerSecond
    const fleet = await gather(served, { clients, processes: 2, expectedPerSecond })
    try {
      return await measure(served, fleet)
    } finally {
      await fleet.close()
      await served.close()
    }
  },
}
