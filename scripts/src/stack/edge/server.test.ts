import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, request, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Edge, startEdge } from './server.ts'

const cleanups: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

interface FakeReplica {
  port: number
  ready: boolean
  upgrades: { headers: NodeJS.Dict<string | string[]>; socket: Socket }[]
  server: Server
  close(): Promise<void>
}

/** Speaks like a replica: `/readyz`, `/api/`, and an upgrade that echoes bytes with its name in front. */
const fakeReplica = async (name: string): Promise<FakeReplica> => {
  const handler: RequestListener = async (req, res) => {
    if (req.url === '/readyz') return void res.writeHead(replica.ready ? 200 : 503).end()
    let body = ''
    for await (const chunk of req) body += chunk
    res.writeHead(201, { 'content-type': 'application/json', 'x-replica': name })
    res.end(JSON.stringify({ url: req.url, method: req.method, headers: req.headers, body }))
  }
  const server = createServer(handler)
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  server.on('upgrade', (req, socket: Socket, head) => {
    replica.upgrades.push({ headers: req.headers, socket })
    socket.on('error', () => undefined)
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n`)
    socket.write(head)
    socket.on('data', (bytes) => socket.write(`${name}:${bytes}`))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  const replica: FakeReplica = { port: portOf(server), ready: true, upgrades: [], server, close }
  cleanups.push(close)
  return replica
}

const edgeFor = async (replicas: readonly FakeReplica[], root = '/nowhere'): Promise<Edge> => {
  const edge = await startEdge({
    port: 0,
    root,
    replicas: replicas.map(({ port }) => ({
      host: '127.0.0.1',
      port,
      internalUrl: `http://127.0.0.1:${port}`,
    })),
  })
  cleanups.push(edge.close)
  await edge.check()
  return edge
}

/** Sends an upgrade; resolves with the client's socket and the first line of the answer. */
const upgrade = async (edge: Edge, extra = ''): Promise<{ socket: Socket; status: string }> => {
  const socket = connect(edge.port, '127.0.0.1')
  cleanups.push(async () => socket.destroy())
  socket.on('error', () => undefined)
  socket.write(
    `GET /socket.io/?EIO=4 HTTP/1.1\r\nHost: flux.test\r\nOrigin: http://flux.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${extra}\r\n`,
  )
  const [bytes] = await once(socket, 'data')
  return { socket, status: String(bytes).split('\r\n')[0] ?? '' }
}

describe('the balancer', () => {
  it('passes upgrades on with Host and Origin, names the peer, and then passes bytes both ways', async () => {
    const replica = await fakeReplica('a')
    const edge = await edgeFor([replica])
    const { socket, status } = await upgrade(edge, 'X-Forwarded-For: 203.0.113.9\r\n')
    expect(status).toBe('HTTP/1.1 101 Switching Protocols')
    expect(replica.upgrades[0]?.headers).toMatchObject({
      host: 'flux.test',
      origin: 'http://flux.test',
      'x-forwarded-for': expect.stringMatching(/^203\.0\.113\.9, (::ffff:)?127\.0\.0\.1$/),
    })
    socket.write('ping')
    const [bytes] = await once(socket, 'data')
    expect(String(bytes)).toBe('a:ping')
  })

  it('gives a new socket to the replica that holds the fewest', async () => {
    const [a, b] = [await fakeReplica('a'), await fakeReplica('b')]
    const edge = await edgeFor([a, b])
    const first = await upgrade(edge)
    await upgrade(edge)
    await upgrade(edge)
    await upgrade(edge)
    expect([a.upgrades.length, b.upgrades.length]).toEqual([2, 2])
    const closed = Promise.all(a.upgrades.map(({ socket }) => once(socket, 'close')))
    for (const { socket } of a.upgrades) socket.destroy()
    await Promise.all([closed, once(first.socket, 'close')])
    await upgrade(edge)
    expect([a.upgrades.length, b.upgrades.length]).toEqual([3, 2])
  })

  it('avoids a replica that is not ready, and answers 503 when none is', async () => {
    const [a, b] = [await fakeReplica('a'), await fakeReplica('b')]
    const edge = await edgeFor([a, b])
    a.ready = false
    await edge.check()
    await upgrade(edge)
    await upgrade(edge)
    expect([a.upgrades.length, b.upgrades.length]).toEqual([0, 2])
    b.ready = false
    await edge.check()
    expect((await upgrade(edge)).status).toBe('HTTP/1.1 503 Service Unavailable')
    const answer = await fetch(`http://127.0.0.1:${edge.port}/api/v1/channels`)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
  })

  it('tries the next replica when one refuses the connection', async () => {
    const [a, b] = [await fakeReplica('a'), await fakeReplica('b')]
    const edge = await edgeFor([a, b])
    await a.close()
    const answers = await Promise.all(
      [1, 2, 3].map(() => fetch(`http://127.0.0.1:${edge.port}/api/v1/channels`)),
    )
    expect(answers.map((answer) => answer.headers.get('x-replica'))).toEqual(['b', 'b', 'b'])
  })

  it('passes method, path, body, status and headers of HTTP requests on', async () => {
    const edge = await edgeFor([await fakeReplica('a')])
    const answer = await fetch(`http://127.0.0.1:${edge.port}/api/v1/x?q=1`, {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject({
      method: 'POST',
      url: '/api/v1/x?q=1',
      body: '{"a":1}',
      headers: { host: `127.0.0.1:${edge.port}` },
    })
  })

  it('drops its clients when their replica dies', async () => {
    const replica = await fakeReplica('a')
    const edge = await edgeFor([replica])
    const { socket } = await upgrade(edge)
    const closed = once(socket, 'close')
    await replica.close()
    await closed
  })
})

describe('the page', () => {
  let root = ''

  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'flux-page-'))
    cleanups.push(() => rm(folder, { recursive: true }))
    root = join(folder, 'dist')
    await mkdir(join(root, 'assets'), { recursive: true })
    await writeFile(join(folder, 'secret.txt'), 'not for you')
    await writeFile(join(root, 'index.html'), '<title>Flux</title>')
    await writeFile(join(root, 'assets', 'index-abc.js'), 'export {}')
  })

  const get = async (path: string, init: RequestInit = {}) => {
    const edge = await edgeFor([], root)
    return fetch(`http://127.0.0.1:${edge.port}${path}`, init)
  }

  it('serves hashed assets for ever, with their type', async () => {
    const answer = await get('/assets/index-abc.js')
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(answer.headers.get('cache-control')).toContain('immutable')
  })

  it('serves index.html for paths of the application, to be asked for again', async () => {
    const answer = await get('/crypto/BTC-USD')
    expect(await answer.text()).toBe('<title>Flux</title>')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'")
  })

  it('answers 304 to whoever has it already', async () => {
    const edge = await edgeFor([], root)
    const url = `http://127.0.0.1:${edge.port}/`
    const etag = (await fetch(url)).headers.get('etag') ?? ''
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  it('answers 404 for a missing file, 405 for other methods', async () => {
    expect((await get('/assets/none.js')).status).toBe(404)
    expect((await get('/', { method: 'DELETE' })).status).toBe(405)
  })

  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/%zz', '/a%00b'])(
    'keeps %s inside its folder',
    async (path) => {
      const edge = await edgeFor([], root)
      const asked = request({ port: edge.port, host: '127.0.0.1', path }).end()
      const [answer] = await once(asked, 'response')
      let body = ''
      for await (const chunk of answer) body += chunk
      expect(body).not.toContain('not for you')
      expect([400, 404]).toContain(answer.statusCode)
    },
  )
})
