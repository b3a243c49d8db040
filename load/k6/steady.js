// Steady fan-out: so many clients in the same rooms, for so long. Deliveries a second, latency, order, completeness.
//   k6 run -e URL=http://localhost:8080 load/k6/steady.js      (CLIENTS=200 RAMP=5 SECONDS=20 ROOMS=… PER_VU=10 LATENCY_MS=1000)
import {
  connect,
  createOrder,
  crowd,
  entered,
  latency,
  lost,
  records,
  rooms,
  served,
  setting,
  share,
  thresholds,
  watchGenerator,
} from './flux.js'
import { createCanaries } from './positions.js'
import { countOf, summarize, trendStats } from './summary.js'

const clients = setting('CLIENTS', 200)
const ramp = setting('RAMP', 5)
const seconds = setting('SECONDS', 20)

export const options = {
  scenarios: { watch: crowd('watch', clients, ramp + seconds) },
  summaryTrendStats: trendStats,
  thresholds: {
    ...thresholds,
    flux_served: ['rate==1'],
    flux_missing: ['count==0'],
    flux_latency: [`p(95)<${setting('LATENCY_MS', 1_000)}`],
  },
}

/** When everybody is in, and when it ends (epoch ms). */
export const setup = () => {
  const from = Date.now() + ramp * 1_000
  return { from, until: from + seconds * 1_000 }
}

const open = ({ from, until }) => {
  const inOrder = createOrder()
  const canaries = createCanaries((ms) => Date.now() > from && latency.add(ms))
  let count = 0
  const client = connect({
    session: () => client.subscribe(),
    answered: (ack) => entered.add(ack.ok),
    refused: () => entered.add(false),
    ended: () => lost.add(1),
    hydrate: canaries.hydrated,
    record(channel, text) {
      inOrder(channel, text)
      canaries.record(channel, text)
      if (Date.now() < from) return
      count += 1
      records.add(1)
    },
  })
  setTimeout(() => {
    served.add(count > 0)
    client.close()
  }, until - Date.now())
}

/** What a virtual user does: opens its clients at random moments of the ramp. */
export const watch = (times) => {
  watchGenerator(times.until)
  for (let left = share(clients); left > 0; left -= 1) {
    setTimeout(() => open(times), Math.random() * 0.8 * ramp * 1_000)
  }
}

export const handleSummary = summarize(`steady: ${clients} clients in ${rooms}`, (metrics) => [
  `${Math.round(countOf(metrics, 'flux_records') / seconds)} deliveries/s over ${seconds} s`,
])
