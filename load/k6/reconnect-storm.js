// Reconnect storm: everybody drops at the same moment and comes back with a cursor, ROUNDS times.
//   k6 run -e URL=http://localhost:8080 load/k6/reconnect-storm.js      (CLIENTS=200 ROUNDS=2 SECONDS=8 AWAY=2 BACK_MS=3000)
// Nothing may be missing or come twice: canaries are numbered, and every record has its position.
import {
  connect,
  counter,
  createOrder,
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
import { createCanaries, createCursor } from './positions.js'
import { countOf, summarize, trendStats } from './summary.js'

const clients = setting('CLIENTS', 200)
const rounds = setting('ROUNDS', 2)
/** How long everybody is there, and away, in a round. */
const seconds = setting('SECONDS', 8)
const away = setting('AWAY', 2)
const total = (rounds + 1) * seconds + rounds * away

/** Until the session is back, and until every room has told what was missed; both from the moment it was due. */
const back = trend('flux_back')
const hydrated = trend('flux_hydrated')
const outcomes = {
  recovered: counter('flux_recovered'),
  snapshot: counter('flux_snapshot'),
  reset: counter('flux_reset'),
}
/** Live records that the client had already: it drops them. Some are right where it comes to a replica that is behind. */
const repeated = counter('flux_repeated')

export const options = {
  scenarios: { storm: crowd('storm', clients, total) },
  summaryTrendStats: trendStats,
  thresholds: {
    ...thresholds,
    flux_missing: ['count==0'],
    flux_reset: ['count==0'],
    flux_hydrated: [`p(99)<${setting('BACK_MS', 3_000)}`],
  },
}

/** When everybody is due for the first time (epoch ms). */
export const setup = () => ({ from: Date.now() + 2_000 })

/** A client that keeps what it knows over its connections. */
const createClient = () => {
  const cursor = createCursor()
  const canaries = createCanaries()
  const record = (inOrder) => (channel, text) => {
    inOrder(channel, text)
    if (cursor.isNew(channel, text)) canaries.record(channel, text)
    else repeated.add(1)
  }
  const takeIn = (message) => {
    cursor.hydrated(message)
    canaries.hydrated(message)
  }
  const answered = {
    answered: (ack) => entered.add(ack.ok),
    refused: () => entered.add(false),
    ended: () => lost.add(1),
  }
  return {
    enter() {
      const connection = connect({
        ...answered,
        session: () => connection.subscribe(),
        hydrate: takeIn,
        record: record(createOrder()),
      })
      return connection
    },
    comeBack(due) {
      const waiting = new Set(rooms)
      const connection = connect({
        ...answered,
        session() {
          back.add(Date.now() - due)
          connection.subscribe(cursor.known())
        },
        hydrate(message) {
          takeIn(message)
          for (const { outcome } of Object.values(message.channels)) outcomes[outcome].add(1)
          waiting.delete(message.room)
          if (waiting.size === 0) hydrated.add(Date.now() - due)
        },
        record: record(createOrder()),
      })
      return connection
    },
  }
}

/** The life of a client: there and away, as often as there are rounds, all of them at the same moments. */
const live = (from) => {
  const client = createClient()
  const stay = (round, due, connection) => {
    const end = due + seconds * 1_000
    setTimeout(() => {
      connection.close()
      if (round === rounds) return
      const next = end + away * 1_000
      setTimeout(() => stay(round + 1, next, client.comeBack(next)), next - Date.now())
    }, end - Date.now())
  }
  setTimeout(() => stay(0, from, client.enter()), from - Date.now())
}

/** What a virtual user does: its clients live side by side. */
export const storm = ({ from }) => {
  watchGenerator(from + total * 1_000)
  for (let left = share(clients); left > 0; left -= 1) live(from)
}

const toldOutcomes = (metrics) => {
  const recovered = countOf(metrics, 'flux_recovered')
  const all = recovered + countOf(metrics, 'flux_snapshot') + countOf(metrics, 'flux_reset')
  return `${((100 * recovered) / Math.max(1, all)).toFixed(2)} % of the channels that clients came back to had all that was missed`
}

export const handleSummary = summarize(
  `reconnect storm: ${clients} clients, ${rounds} times, in ${rooms}`,
  (metrics) => [toldOutcomes(metrics)],
)
