// A short run of many clients against a running Flux: everybody gets in, everybody gets live records in time.
//   k6 run -e URL=http://localhost:8088 load/k6/smoke.js      (CLIENTS=50 SECONDS=20 ROOMS=crypto.global,crypto.BTC-USD)
// The other scripts of this folder measure; docs/load.md says what.
import { connect, crowd, entered, latency, records, rooms, served, setting, share } from './flux.js'
import { createCanaries } from './positions.js'
import { summarize, trendStats } from './summary.js'

const clients = setting('CLIENTS', 50)
const seconds = setting('SECONDS', 20)

export const options = {
  scenarios: { watch: crowd('watch', clients, seconds) },
  summaryTrendStats: trendStats,
  thresholds: {
    flux_entered: ['rate==1'],
    flux_served: ['rate==1'],
    flux_records: [`count>=${clients}`],
    flux_latency: ['p(95)<2000'],
  },
}

/** One client: enters, subscribes, counts, leaves. */
const open = () => {
  const canaries = createCanaries((ms) => latency.add(ms))
  let count = 0
  const client = connect({
    session: () => client.subscribe(),
    answered: (ack) => entered.add(ack.ok),
    refused: () => entered.add(false),
    record(channel, text) {
      count += 1
      records.add(1)
      canaries.record(channel, text)
    },
  })
  setTimeout(() => {
    served.add(count > 0)
    client.close()
  }, seconds * 1_000)
}

/** What a virtual user does: opens its clients. */
export const watch = () => {
  for (let left = share(clients); left > 0; left -= 1) open()
}

export const handleSummary = summarize(`smoke: ${clients} clients in ${rooms}`)
