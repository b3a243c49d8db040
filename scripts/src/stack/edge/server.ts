import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { StackError } from '../error.ts'
import { servePage } from './page.ts'
import { forward, passUpgrade } from './proxy.ts'
import { type ReplicaAddress, watchReplicas } from './replicas.ts'

/** What the edge serves. */
export interface EdgeOptions {
  /** 0 takes a free one. */
  readonly port: number
  /** Folder of the built page. */
  readonly root: string
  readonly replicas: readonly ReplicaAddress[]
}

/** A running edge. */
export interface Edge {
  readonly port: number
  /** Asks all replicas now whether they are ready. */
  check(): Promise<void>
  /** Drops all connections and frees the port. */
  close(): Promise<void>
}

const belongsToReplicas = (url = '/'): boolean =>
  url.startsWith('/api/') || url.startsWith('/socket.io/')

/** The ingress of the native stack: the built page, and one small balancer in front of the replicas. */
export const startEdge = async (options: EdgeOptions): Promise<Edge> => {
  const replicas = watchReplicas(options.replicas)
  const page = servePage(options.root)
  const server = createServer((request, response) => {
    if (request.url === '/edge/livez') return void response.end('live\n')
    if (request.url === '/edge/readyz') {
      return void response.writeHead(replicas.anyReady() ? 200 : 503).end()
    }
    const done = belongsToReplicas(request.url)
      ? forward(replicas, request, response)
      : page(request, response)
    done.catch(() => response.destroy())
  })
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    socket.setNoDelay(true)
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (request, client, head) => {
    if (!request.url?.startsWith('/socket.io/')) return void client.destroy()
    passUpgrade(replicas, request, { client, head }).catch(() => client.destroy())
  })
  server.listen(options.port)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') {
    throw new StackError('no_port', 'the edge listens on no TCP port')
  }
  const close = async () => {
    replicas.close()
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
  return { port: address.port, check: replicas.check, close }
}
