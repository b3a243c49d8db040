// A thread that reads and forgets what connections send, so that writing to them costs what it costs.
import { createServer } from 'node:net'
import { parentPort } from 'node:worker_threads'

const server = createServer((socket) => {
  socket.on('error', () => undefined)
  socket.resume()
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') parentPort?.postMessage(address?.port)
})
