// A short run of many clients against a running Flux: everybody gets in, everybody gets live records in time.
//   k6 run -e URL=http://localhost:8088 load/k6/smoke.js      (CLIENTS=50 SECONDS=20 ROOMS=crypto.global,crypto.BTC-USD)
// Engine.IO and Socket.IO by hand, as far as it takes: open, connect, one subscribe, pings.
// biome-ignore lint/correctness/noUndeclaredDependencies: k6 brings it
import { check } from 'k6'
// biome-ignore lint/correctness/noUndeclaredDependencies: k6 brings it
import { Counter, Rate, Trend } from 'k6/metrics'
// biome-ignore lint/correctness/noUndeclaredDependencies: k6 brings it
import { WebSocket } from 'k6/websockets'

const { URL: url = 'http://localhost:8088', ROOMS = 'crypto.global,crypto.BTC-USD' } = __ENV
const clients = Number(__ENV.CLIENTS ?? 50)
const seconds = Number(__ENV.SECONDS ?? 20)
const rooms = ROOMS.split(',')
const perVu = 10

const entered = new Rate('flux_entered')
const served = new Rate('flux_served')
const records = new Counter('flux_records')
const latency = new Trend('flux_latency', true)

export const options = {
  scenarios: {
    watch: {
      executor: 'per-vu-iterations',
      exec: 'watch',
      vus: Math.ceil(clients / perVu),
      iterations: 1,
      maxDuration: `${seconds + 60}s`,
    },
  },
  thresholds: {
    flux_entered: ['rate==1'],
    flux_served: ['rate==1'],
    flux_records: [`count>=${clients}`],
    // From the time of the fact to this process; the clocks of one machine.
    flux_latency: ['p(95)<2000'],
  },
}

const isRecord = (name) => name.startsWith('crypto.')

/** One client: enters, subscribes, counts, leaves. */
const open = () => {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`)
  let isLive = false
  let count = 0
  const onEvent = ([name, message]) => {
    if (name === 'session:init')
      socket.send(`420${JSON.stringify(['subscribe', { rooms, rev: 1 }])}`)
    if (!isRecord(name)) return
    count += 1
    records.add(1)
    // One of sixteen is enough to know the latency, and spares this process.
    if (count % 16 === 1 && message.t) latency.add(Math.max(0, Date.now() - message.t))
  }
  socket.onmessage = ({ data }) => {
    if (data[0] === '0') socket.send('40{}')
    else if (data === '2') socket.send('3')
    else if (data.startsWith('44')) entered.add(false)
    else if (data.startsWith('430')) {
      const [answer] = JSON.parse(data.slice(3))
      isLive = check(answer, { subscribed: (ack) => ack.ok === true })
      entered.add(isLive)
    } else if (data.startsWith('42')) onEvent(JSON.parse(data.slice(2)))
  }
  socket.onopen = () =>
    setTimeout(() => {
      served.add(isLive && count > 0)
      socket.close()
    }, seconds * 1_000)
  socket.onerror = () => {
    entered.add(false)
    served.add(false)
  }
}

/** What one of k6's virtual users does: ten clients. */
export function watch() {
  for (let client = 0; client < perVu; client += 1) open()
}
