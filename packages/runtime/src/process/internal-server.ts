import { createServer, type Server, type ServerResponse } from 'node:http'
import { ConfigError } from '../errors.ts'

/** An answer on the internal port. */
export interface InternalReply {
  readonly status: number
  readonly body: string
  /** `application/json` by default. */
  readonly type?: string
}

/** Answers a GET on the internal port. */
export type InternalHandler = (url: URL) => InternalReply | Promise<InternalReply>

/** The running internal server. */
export interface InternalServer {
  /** The port it listens on. */
  readonly port: number
  close(): Promise<void>
}

/** An answer in JSON. */
export const jsonReply = (status: number, value: unknown): InternalReply => ({
  status,
  body: JSON.stringify(value),
})

const write = (response: ServerResponse, reply: InternalReply, head: boolean) => {
  response.writeHead(reply.status, {
    'content-type': reply.type ?? 'application/json',
    'content-length': Buffer.byteLength(reply.body),
    'cache-control': 'no-store',
    ...(reply.status === 405 && { allow: 'GET, HEAD' }),
  })
  response.end(head ? undefined : reply.body)
}

const answer = async (
  routes: ReadonlyMap<string, InternalHandler>,
  method: string,
  target: string,
): Promise<InternalReply> => {
  const url = URL.parse(target, 'http://internal')
  const handler = url && routes.get(url.pathname)
  if (!url || !handler) return jsonReply(404, { error: 'not_found', paths: [...routes.keys()] })
  if (method !== 'GET' && method !== 'HEAD') return jsonReply(405, { error: 'method_not_allowed' })
  return await handler(url)
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES'
      const fault = `INTERNAL_PORT ${port} is in use or not allowed (${error.code}); set INTERNAL_PORT to a free port, or to 0 to pick one`
      reject(taken ? new ConfigError([fault]) : error)
    })
    server.listen(port, () => {
      const bound = server.address()
      resolve(typeof bound === 'object' && bound ? bound.port : port)
    })
  })

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/**
 * Serves GET and HEAD of `routes` (read at every request) on all addresses; 404 and 405 otherwise. An error in a
 * handler is given to `onError` and answered with 500. Throws `ConfigError` when the port is taken.
 */
export const startInternalServer = async (options: {
  readonly port: number
  readonly routes: ReadonlyMap<string, InternalHandler>
  onError(error: unknown): void
}): Promise<InternalServer> => {
  const server = createServer((request, response) => {
    const { method = 'GET', url = '/' } = request
    answer(options.routes, method, url)
      .catch((error: unknown) => {
        options.onError(error)
        return jsonReply(500, { error: 'internal' })
      })
      .then((reply) => write(response, reply, method === 'HEAD'))
      .catch(options.onError)
  })
  const port = await listen(server, options.port)
  return { port, close: () => close(server) }
}
