// The floor: packing and nothing else. No contracts, no cursors, no rooms but one, no metrics, no slow clients, a fixed
// tick. What the BFF needs beyond this is the price of all that. PORT, KAFKA_BROKERS, TOPIC; GET /healthz.
import { createServer } from 'node:http'
import { Kafka, logLevel } from 'kafkajs'
import { Server } from 'socket.io'

const { PORT = '3000', KAFKA_BROKERS = 'localhost:9092', TOPIC = 'bench' } = process.env
const tickMs = 25

/** A text frame as servers send it: unmasked, up to 64 KiB. */
const frameOf = (text: string): Buffer => {
  const payload = Buffer.from(text)
  const { length } = payload
  const head = length < 126 ? [0x81, length] : [0x81, 126, length >> 8, length & 255]
  return Buffer.concat([Buffer.from(head), payload])
}

let isReading = false
const http = createServer((request, response) => {
  if (request.url !== '/healthz') return
  response.writeHead(isReading ? 200 : 503).end()
})
const io = new Server(http, {
  transports: ['websocket'],
  perMessageDeflate: false,
  serveClient: false,
})
io.on('connection', (socket) => {
  socket.on('join', async (room: string, answer: (rooms: readonly string[]) => void) => {
    await socket.join(room)
    answer([room])
  })
})

let pending: Buffer[] = []
setInterval(() => {
  if (pending.length === 0) return
  const packed = Buffer.concat(pending)
  pending = []
  for (const { client } of io.of('/').sockets.values()) {
    // `writeToEngine` is private to Socket.IO's types.
    Reflect.apply(Reflect.get(client, 'writeToEngine'), client, [
      [''],
      { preEncoded: true, wsPreEncodedFrame: [packed] },
    ])
  }
}, tickMs)

const kafka = new Kafka({ brokers: KAFKA_BROKERS.split(','), logLevel: logLevel.ERROR })
const consumer = kafka.consumer({ groupId: `packed-${TOPIC}`, maxWaitTimeInMs: 100 })
consumer.on('consumer.group_join', () => {
  isReading = true
})
await consumer.connect()
await consumer.subscribe({ topics: [TOPIC] })
await consumer.run({
  autoCommit: false,
  eachBatch: async ({ batch }) => {
    for (const { value } of batch.messages) pending.push(frameOf(`42["bench",${value}]`))
  },
})
http.listen(Number(PORT), '127.0.0.1')
