// Clients of Flux for k6: Engine.IO and Socket.IO by hand, as far as it takes. What the scripts of this folder share.
// biome-ignore lint/correctness/noUndeclaredDependencies: k6 brings it
import { scenario } from 'k6/execution'
// biome-ignore lint/correctness/noUndeclaredDependencies: k6 brings it
import { Counter, Rate, Trend } from 'k6/metrics'
// biome-ignore lint/correctness/noUndeclaredDependencies: k6 brings it
import { WebSocket } from 'k6/websockets'

/** A number given with `-e NAME=…`, or its default. */
export const setting = (name, fallback) => Number(__ENV[name] ?? fallback)

/** Where Flux is: the native stack's `http://localhost:8080`, a cluster's `http://localhost:8088`. */
export const url = (__ENV.URL ?? 'http://localhost:8080').replace(/\/$/, '')
/** The channel, and the room, of one numbered record a second, whose way is measured. */
export const canary = 'platform.canary'
/** The rooms that every client wants, `-e ROOMS=a,b`; the canary's is always one of them. */
export const rooms = [
  ...new Set([...(__ENV.ROOMS ?? 'crypto.global,crypto.BTC-USD').split(','), canary]),
]
/** Clients of one virtual user, which is one thread of JavaScript. */
export const perVu = setting('PER_VU', 10)

/** Clients that got in and were answered. */
export const entered = new Rate('flux_entered')
/** Clients that had what the script wants them to have. */
export const served = new Rate('flux_served')
/** Canaries that never came, neither live nor in a hydrate. */
export const missing = new Counter('flux_missing')
/** Connections that ended before the script ended them. */
export const lost = new Counter('flux_lost')
/** Live records that were delivered while it was measured. */
export const records = new Counter('flux_records')
/** From the canary's clock to this process: on one machine, or between clocks that agree. */
export const latency = new Trend('flux_latency', true)
/** Records that came after a later one of their partition. */
export const misordered = new Counter('flux_misordered')
/** How late this process ran its own timers: when it is saturated, the figures are about it and not about Flux. */
export const generatorLag = new Trend('flux_generator_lag', true)

/** Thresholds of every script: everybody gets in and stays, in order, and k6 itself keeps up. */
export const thresholds = {
  flux_entered: ['rate==1'],
  flux_lost: ['count==0'],
  flux_misordered: ['count==0'],
  flux_generator_lag: [`p(95)<${setting('GENERATOR_LAG_MS', 200)}`],
}

/** A k6 scenario of so many clients, `perVu` to a virtual user. */
export const crowd = (exec, clients, seconds) => ({
  executor: 'per-vu-iterations',
  exec,
  vus: Math.max(1, Math.ceil(clients / perVu)),
  iterations: 1,
  maxDuration: `${seconds + 60}s`,
})

/** How many clients this iteration of a `crowd` opens: the last one opens what is left. */
export const share = (clients) =>
  Math.min(perVu, Math.max(0, clients - scenario.iterationInTest * perVu))

/** Measures how late timers are until then (epoch ms). */
export const watchGenerator = (until) => {
  const every = 250
  let due = Date.now() + every
  const timer = setInterval(() => {
    generatorLag.add(Math.max(0, Date.now() - due))
    due = Date.now() + every
    if (due > until) clearInterval(timer)
  }, every)
}

/** `[partition, offset]` of a live record; found from its end, without parsing its data. */
export const positionOf = (text) => {
  const at = text.lastIndexOf('"p":[')
  return JSON.parse(text.slice(at + 4, text.indexOf(']', at) + 1))
}

/** What an event carries: of a live record its entry `{ k, d, t, p, v }`. */
export const entryOf = (text) => JSON.parse(text.slice(2))[1]

/** Counts the records of one connection that come after a later one of their channel and partition. */
export const createOrder = () => {
  const newest = new Map()
  return (channel, text) => {
    const [partition, offset] = positionOf(text)
    const key = `${channel}/${partition}`
    if (newest.get(key) >= offset) misordered.add(1)
    newest.set(key, offset)
  }
}

/** A metric of a script's own. */
export const counter = (name) => new Counter(name)
/** A metric of a script's own, in milliseconds. */
export const trend = (name) => new Trend(name, true)

/** Puts the parts of each room's hydrate together, and tells it when the last one is there. */
const createParts = (tell) => {
  const open = new Map()
  return (part) => {
    const whole = open.get(part.room) ?? { ...part, channels: {} }
    open.set(part.room, whole)
    for (const [name, channel] of Object.entries(part.channels)) {
      const entries = whole.channels[name]?.entries ?? []
      whole.channels[name] = { ...channel, entries: [...entries, ...channel.entries] }
    }
    if (!part.last) return
    open.delete(part.room)
    tell(whole)
  }
}

const nameOf = (text) => text.slice(4, text.indexOf('"', 4))

/**
 * Opens a connection and tells what comes over it: `session(init)`, `answered(ack)` of a subscribe, `hydrate(message)`
 * with all parts of a room together, `record(channel, text)` (text as it came; see `entryOf`), `refused()`, `ended()`.
 */
export const connect = (on) => {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`)
  const parts = createParts((message) => on.hydrate(message))
  let isClosed = false
  let rev = 0
  const messages = {
    'session:init': (text) => on.session(entryOf(text)),
    ...(on.hydrate && { hydrate: (text) => parts(entryOf(text)) }),
  }
  const take = (text) => {
    const name = nameOf(text)
    if (messages[name]) messages[name](text)
    // Records alone have a position.
    else if (on.record && text.includes('"p":[')) on.record(name, text)
  }
  socket.onmessage = ({ data }) => {
    if (data.startsWith('42')) take(data)
    else if (data === '2') socket.send('3')
    else if (data[0] === '0') socket.send('40{}')
    else if (data.startsWith('43')) on.answered?.(JSON.parse(data.slice(data.indexOf('[')))[0])
    else if (data.startsWith('44')) on.refused?.()
  }
  const end = (tell) => {
    if (!isClosed) tell?.()
    isClosed = true
  }
  socket.onerror = () => end(rev === 0 ? on.refused : on.ended)
  socket.onclose = () => end(rev === 0 ? on.refused : on.ended)
  return {
    /** Asks for the rooms; `known` is `{ cursor, epoch }` of a client that has been here before. */
    subscribe(known = {}) {
      rev += 1
      socket.send(`420${JSON.stringify(['subscribe', { rooms, rev, ...known }])}`)
    },
    /** Ends the connection without a word to `ended`. */
    close() {
      isClosed = true
      socket.close()
    },
  }
}
