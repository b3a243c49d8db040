// The usual build: Socket.IO, its Redis adapter, one shared consumer group, `eachMessage`, an emit per record.
// PORT, KAFKA_BROKERS, VALKEY_URL, TOPIC, ROOM_PER_KEY (one room for all without it); GET /healthz.
import { createServer } from 'node:http'
import { createAdapter } from '@socket.io/redis-adapter'
import { Redis } from 'ioredis'
import { Kafka, logLevel } from 'kafkajs'
import { Server } from 'socket.io'

const { PORT = '3000', KAFKA_BROKERS = 'localhost:9092', TOPIC = 'bench' } = process.env
const { VALKEY_URL = 'redis://localhost:6379', ROOM_PER_KEY } = process.env

let isReading = false
const http = createServer((request, response) => {
  if (request.url !== '/healthz') return
  response.writeHead(isReading ? 200 : 503).end()
})
const pub = new Redis(VALKEY_URL)
const io = new Server(http, {
  transports: ['websocket'],
  perMessageDeflate: false,
  serveClient: false,
  adapter: createAdapter(pub, pub.duplicate()),
})

io.on('connection', (socket) => {
  socket.on('join', async (room: string, answer: (rooms: readonly string[]) => void) => {
    await socket.join(room)
    answer([room])
  })
})

const kafka = new Kafka({ brokers: KAFKA_BROKERS.split(','), logLevel: logLevel.ERROR })
const consumer = kafka.consumer({ groupId: `plain-${TOPIC}`, maxWaitTimeInMs: 100 })
consumer.on('consumer.group_join', () => {
  isReading = true
})
await consumer.connect()
await consumer.subscribe({ topics: [TOPIC] })
await consumer.run({
  eachMessage: async ({ message }) => {
    io.to(ROOM_PER_KEY ? String(message.key) : 'bench').emit(
      'bench',
      JSON.parse(String(message.value)),
    )
  },
})
http.listen(Number(PORT), '127.0.0.1')
