import { systemClock } from '@flux/runtime'
import type { Served } from '../bench/bench.ts'
import { flux } from '../bench/drivers/flux.ts'
import { startFleet } from '../bench/fleet.ts'
import { cpuSecondsOf, rssMibOf } from '../bench/measure/server.ts'
import { below, type Outcome, type Scenario, setting, shown } from './scenario.ts'

const most = setting('CLIENTS', 10_000)
const restSeconds = setting('REST', 10)
const steps = [1_000, 2_000, 5_000, 10_000].filter((count) => count < most)

const kibPerConnection = (rssMib: number, emptyMib: number, count: number) =>
  ((rssMib - emptyMib) * 1_024) / count

const scrapes = 10

/** What some scrapes after a first one took, in milliseconds, the quickest first. */
const timeScrapes = async (url: string): Promise<readonly number[]> => {
  const scrape = async () => {
    const from = systemClock.monotonic()
    await (await fetch(url)).text()
    return systemClock.monotonic() - from
  }
  await scrape()
  const took: number[] = []
  for (let count = 0; count < scrapes; count += 1) {
    await systemClock.sleep(200)
    took.push(await scrape())
  }
  return took.toSorted((a, b) => a - b)
}

const measure = async ({ server }: Served): Promise<Outcome> => {
  await systemClock.sleep(3_000)
  const emptyMib = rssMibOf(server.pid)
  const fleet = startFleet({ server, processes: 2, expectedPerSecond: 1 })
  const figures: string[] = [`no connection: RSS ${emptyMib.toFixed(0)} MiB`]
  let open = 0
  let perConnection = 0
  try {
    for (const count of [...steps, most]) {
      const { failed, firstError } = await fleet.open(count - open)
      if (failed > 0) throw new Error(`${failed} clients did not get in: ${firstError}`)
      open = count
      const cpu = cpuSecondsOf(server.pid)
      await systemClock.sleep(restSeconds * 1_000)
      const share = (cpuSecondsOf(server.pid) - cpu) / restSeconds
      const rss = rssMibOf(server.pid)
      perConnection = kibPerConnection(rss, emptyMib, count)
      figures.push(
        `${count} connections: RSS ${rss.toFixed(0)} MiB, ${perConnection.toFixed(1)} KiB each, CPU ${(share * 100).toFixed(1)} % of a core`,
      )
    }
    const scrapeMs = await timeScrapes(server.metricsUrl ?? '')
    figures.push(`scrapes of the metrics: ${scrapeMs.map((ms) => ms.toFixed(0)).join(' ')} ms`)
    const held = (await fleet.report()).open
    return {
      figures,
      verdicts: [
        shown('all connections are held', held === most, `${held} of ${most}`),
        below('memory of an idle connection', perConnection, { limit: 20, unit: 'KiB' }),
        below('a scrape of the metrics, the median', scrapeMs[scrapes / 2] ?? Number.NaN, {
          limit: 50,
          unit: 'ms',
        }),
      ],
      invalid: [],
    }
  } finally {
    await fleet.close()
  }
}

/** Connections in a room in which nothing happens. */
export const idle: Scenario = {
  name: 'idle',
  about: `${most} connections to one process in a room where nothing happens`,
  run: async (bench) => {
    const served = await bench.serve(flux, { delivery: 'latest' })
    try {
      return await measure(served)
    } finally {
      await served.close()
    }
  },
}
