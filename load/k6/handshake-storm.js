// Handshake storm: so many new clients within OVER seconds (0: all at once), who stay until the end.
//   k6 run -e URL=http://localhost:8080 load/k6/handshake-storm.js      (CLIENTS=200 OVER=0 HOLD=10 HANDSHAKE_MS=1000 LIVE_MS=3000)
// Times count from when a client was due, not from when this process came to it (no coordinated omission).
import {
  connect,
  crowd,
  entered,
  lost,
  rooms,
  setting,
  share,
  thresholds,
  trend,
  watchGenerator,
} from './flux.js'
import { summarize, trendStats } from './summary.js'

const clients = setting('CLIENTS', 200)
const over = setting('OVER', 0)
const hold = setting('HOLD', 10)
/** Virtual users need a moment to start; the storm breaks when all of them stand ready. */
const readyAfter = setting('READY', 3)

/** Until the session's first message: TCP, upgrade, token, connect. */
const handshake = trend('flux_handshake')
/** Until every wanted room has told what it holds. */
const hydrated = trend('flux_hydrated')

export const options = {
  scenarios: { storm: crowd('storm', clients, readyAfter + over + hold) },
  summaryTrendStats: trendStats,
  thresholds: {
    ...thresholds,
    flux_handshake: [`p(99)<${setting('HANDSHAKE_MS', 1_000)}`],
    flux_hydrated: [`p(99)<${setting('LIVE_MS', 3_000)}`],
  },
}

/** When the storm begins, and when everybody leaves (epoch ms). */
export const setup = () => {
  const from = Date.now() + readyAfter * 1_000
  return { from, until: from + (over + hold) * 1_000 }
}

const open = (due, until) => {
  const waiting = new Set(rooms)
  const client = connect({
    session() {
      handshake.add(Date.now() - due)
      client.subscribe()
    },
    answered: (ack) => entered.add(ack.ok),
    refused: () => entered.add(false),
    ended: () => lost.add(1),
    hydrate({ room }) {
      if (waiting.delete(room) && waiting.size === 0) hydrated.add(Date.now() - due)
    },
  })
  setTimeout(client.close, until - Date.now())
}

/** What a virtual user does: opens its clients, each when it is due. */
export const storm = ({ from, until }) => {
  watchGenerator(until)
  for (let left = share(clients); left > 0; left -= 1) {
    const due = from + Math.random() * over * 1_000
    setTimeout(() => open(due, until), due - Date.now())
  }
}

export const handleSummary = summarize(
  `handshake storm: ${clients} clients within ${over} s in ${rooms}`,
)
