// Slow readers: a share of the clients does not work for BLOCK seconds, again and again, beside clients that do.
//   k6 run -e URL=http://localhost:8080 load/k6/slow-readers.js      (CLIENTS=200 SHARE=0.05 BLOCK=6 STEADY=10 TIMES=2 REST=4)
// k6 cannot stop reading a TCP socket: what blocks here is the thread of the virtual user. Its sockets are read on into
// k6's memory, so the server sees no full socket, but clients that answer no ping: BLOCK over its ping interval and
// timeout (10 s together) and it closes them. Sockets that are really not read are in load/scenarios/slow-readers.ts.
// biome-ignore lint/correctness/noUndeclaredDependencies: k6 brings it
import { sleep } from 'k6'
// biome-ignore lint/correctness/noUndeclaredDependencies: k6 brings it
import http from 'k6/http'
import {
  connect,
  counter,
  createOrder,
  crowd,
  entered,
  entryOf,
  latency,
  lost,
  records,
  rooms,
  setting,
  share,
  thresholds,
  trend,
  url,
  watchGenerator,
} from './flux.js'
import { createCanaries, createCursor } from './positions.js'
import { countOf, summarize, trendStats } from './summary.js'

const clients = setting('CLIENTS', 200)
const slow = Math.max(1, Math.round(clients * setting('SHARE', 0.05)))
const block = setting('BLOCK', 6)
const times = setting('TIMES', 2)
const rest = setting('REST', 4)
/** All are quick at first: what the others' latency is compared with. */
const steady = setting('STEADY', 10)
const seconds = steady + times * (block + rest)
/** Channel of one value per key, of which the slow ones have to end with the newest. */
const channel = 'crypto.ticker'

/** Of the quick clients, while the others are slow. */
const latencyBeside = trend('flux_latency_beside')
/** Keys of which a slow client had the newest value soon after it worked again, and of which it had not. */
const current = counter('flux_keys_current')
const stale = counter('flux_keys_stale')
/** Slow clients that the server closed; they come back with a cursor. */
const closed = counter('flux_slow_closed')

export const options = {
  scenarios: {
    quick: crowd('quick', clients - slow, seconds),
    slow: crowd('slowly', slow, seconds),
  },
  summaryTrendStats: trendStats,
  thresholds: {
    ...thresholds,
    flux_missing: ['count==0'],
    flux_keys_stale: ['count==0'],
    flux_keys_current: ['count>0'],
    flux_latency_beside: [`p(95)<${setting('LATENCY_MS', 1_000)}`],
  },
}

/** When all are in, when the slow ones begin to be slow, and the end (epoch ms). */
export const setup = () => {
  const from = Date.now() + 3_000
  return { from, slowFrom: from + steady * 1_000, until: from + seconds * 1_000 }
}

const answers = {
  answered: (ack) => entered.add(ack.ok),
  refused: () => entered.add(false),
}

const open = ({ from, slowFrom, until }) => {
  const inOrder = createOrder()
  const canaries = createCanaries((ms) => {
    if (Date.now() > from) (Date.now() > slowFrom ? latencyBeside : latency).add(ms)
  })
  const client = connect({
    ...answers,
    session: () => client.subscribe(),
    ended: () => lost.add(1),
    hydrate: canaries.hydrated,
    record(name, text) {
      inOrder(name, text)
      canaries.record(name, text)
      records.add(1)
    },
  })
  setTimeout(client.close, until - Date.now())
}

/** What a virtual user does: clients that are quick. */
export const quick = (moments) => {
  watchGenerator(moments.until)
  for (let left = share(clients - slow); left > 0; left -= 1) open(moments)
}

const openSlow = () => {
  const cursor = createCursor()
  const canaries = createCanaries()
  const newest = new Map()
  const keep = ({ k, v }) => newest.set(k, Math.max(v, newest.get(k) ?? v))
  let isOver = false
  let connection
  const visit = () => {
    const inOrder = createOrder()
    connection = connect({
      ...answers,
      session: () => connection.subscribe(cursor.known()),
      ended() {
        closed.add(1)
        if (!isOver) visit()
      },
      hydrate(message) {
        cursor.hydrated(message)
        canaries.hydrated(message)
        for (const entry of message.channels[channel]?.entries ?? []) keep(entry)
      },
      record(name, text) {
        inOrder(name, text)
        if (!cursor.isNew(name, text)) return
        canaries.record(name, text)
        if (name === channel) keep(entryOf(text))
      },
    })
  }
  visit()
  return {
    /** Counts keys of which the client has what the server had, or newer. */
    compare(entries) {
      for (const { k, v } of entries) (newest.get(k) >= v ? current : stale).add(1)
    },
    close() {
      isOver = true
      connection.close()
    },
  }
}

/** What a virtual user does: clients that are slow together, and are compared with the server after each time. */
export const slowly = ({ slowFrom, until }) => {
  const own = Array.from({ length: share(slow) }, openSlow)
  const beSlow = () => {
    sleep(block)
    const { entries } = http.get(`${url}/api/v1/channels/${channel}`).json()
    setTimeout(
      () => {
        for (const client of own) client.compare(entries)
      },
      (rest * 1_000) / 2,
    )
  }
  for (let time = 0; time < times; time += 1) {
    setTimeout(beSlow, slowFrom + time * (block + rest) * 1_000 - Date.now())
  }
  setTimeout(() => {
    for (const client of own) client.close()
  }, until - Date.now())
}

export const handleSummary = summarize(
  `slow readers: ${slow} of ${clients} clients do nothing for ${block} s, ${times} times, in ${rooms}`,
  (metrics) => [
    `${Math.round(countOf(metrics, 'flux_records') / (seconds + 3))} deliveries/s to the quick ones`,
  ],
)
