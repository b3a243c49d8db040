import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { systemClock } from '@flux/runtime'
import fc from 'fast-check'
import { path, text } from '../arbitrary.ts'
import { batches, inParallel, type Surface, sample } from '../surface.ts'

const batchSize = 100
const methods = ['GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']

const isRead = (method: string) => method === 'GET' || method === 'HEAD'

const ask = (
  agent: Agent,
  url: string,
  options: { readonly method: string; readonly path: string; readonly body: string },
) =>
  new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const { method, body } = options
    // Node's client tells no length of its own accord for the body of a DELETE, which then spoils what comes after it.
    const headers = isRead(method)
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const asked = request(
      { agent, hostname, port, method, path: options.path, headers },
      (answer) => {
        let got = ''
        answer.setEncoding('utf8')
        answer.on('data', (part: string) => {
          got += part
        })
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: got }))
        answer.on('error', reject)
      },
    )
    asked.on('error', reject)
    asked.setTimeout(10_000, () => asked.destroy(new Error('no answer within 10 s')))
    asked.end(isRead(method) ? undefined : body)
  })

/** Addresses, queries, methods and bodies of the public HTTP server: never a 5xx, never silence. */
export const http: Surface = {
  name: 'HTTP requests',
  share: 0.06,
  run: async ({ url }, { count, seed, tally }) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 8 })
    const input = fc.record({ method: fc.constantFrom(...methods), path, body: text })
    await inParallel(batches(count, batchSize, seed), 8, async (batch) => {
      for (const one of sample(input, batchSize, batch)) {
        tally.sent(1)
        const answer = await ask(agent, url, one).catch((error: unknown) => String(error))
        if (typeof answer === 'string')
          tally.fault(
            `${one.method} ${one.path.length} characters ${one.path.slice(0, 60)}: ${answer}`,
          )
        else if (answer.status >= 500) tally.fault(`${one.method} ${one.path}: ${answer.status}`)
        else if (!one.path.includes('openapi')) tally.answered(answer.text)
      }
    })
    agent.destroy()
  },
}

const lines = [
  'GET / HTTP/1.1\r\n',
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n',
  'POST / HTTP/1.1\r\nContent-Length: 99999999\r\n',
  '\x16\x03\x01',
]

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.tuple(fc.constantFrom(...lines), text).map(([line, rest]) => `${line}X: ${rest}\r\n\r\n`),
  fc.constantFrom(...lines).map((line) => `${line}X: ${'h'.repeat(40_000)}\r\n\r\n`),
)

/** Bytes on the port that are no HTTP, or hardly: half a request, headers without end, TLS. */
export const rawBytes: Surface = {
  name: 'bytes on the port',
  share: 0.005,
  run: ({ url }, { count, seed, tally }) =>
    inParallel(batches(count, batchSize, seed), 16, async (batch) => {
      const { hostname, port } = new URL(url)
      for (const one of sample(bytes, batchSize, batch)) {
        const socket = connect({ host: hostname, port: Number(port) })
        const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()))
        socket.on('error', () => {})
        socket.on('data', (data) => tally.answered(String(data)))
        socket.write(one)
        tally.sent(1)
        await Promise.race([ended, systemClock.sleep(15)])
        socket.destroy()
      }
    }),
}
