import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { ConfigError } from '../errors.ts'

/** An answer on the internal port. */
export interface InternalReply {
  readonly status: number
  readonly body: string
  /** `application/json` by default. */
  readonly type?: string
  /** Methods that the path takes, where another one was used. */
  readonly allow?: string
}

/**
 * Answers a request on the internal port; `body` is the text of a POST, at most 4 KiB of JSON, else empty, `accept` the
 * header of that name.
 */
export type InternalHandler = (
  url: URL,
  body: string,
  accept?: string,
) => InternalReply | Promise<InternalReply>

/** How a path of the internal port is asked. */
export type InternalMethod = 'GET' | 'POST'

/** The handlers of a path, by method. */
export type InternalRoute = ReadonlyMap<InternalMethod, InternalHandler>

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
    ...(reply.allow && { allow: reply.allow }),
  })
  response.end(head ? undefined : reply.body)
}

const maxBodyBytes = 4 * 1_024

/** The body as text, or why it is not taken. A page of another origin cannot send JSON without being asked first. */
const readJson = async (request: IncomingMessage): Promise<string | InternalReply> => {
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/json *(;|$)/i.test(type)) {
    return jsonReply(415, { error: 'not_json', message: 'Send application/json.' })
  }
  const chunks: Buffer[] = []
  let bytes = 0
  // What is too long is read all the same and thrown away, so that the answer can be.
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes <= maxBodyBytes) chunks.push(chunk)
  }
  return bytes <= maxBodyBytes
    ? Buffer.concat(chunks).toString()
    : jsonReply(413, { error: 'too_large', message: `Send at most ${maxBodyBytes} bytes.` })
}

const methodsOf = { GET: ['GET', 'HEAD'], POST: ['POST'] } as const

const methodOf = (request: IncomingMessage): InternalMethod | undefined => {
  if (request.method === 'HEAD') return 'GET'
  return request.method === 'GET' || request.method === 'POST' ? request.method : undefined
}

const answer = async (
  routes: ReadonlyMap<string, InternalRoute>,
  request: IncomingMessage,
): Promise<InternalReply> => {
  const url = URL.parse(request.url ?? '/', 'http://internal')
  const route = url && routes.get(url.pathname)
  if (!url || !route) return jsonReply(404, { error: 'not_found', paths: [...routes.keys()] })
  const method = methodOf(request)
  const handler = method && route.get(method)
  if (!handler) {
    const allow = [...route.keys()].flatMap((own) => methodsOf[own]).join(', ')
    return { ...jsonReply(405, { error: 'method_not_allowed' }), allow }
  }
  const body = method === 'POST' ? await readJson(request) : ''
  return typeof body === 'string' ? await handler(url, body, request.headers.accept) : body
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
 * Serves `routes` (read at every request) on all addresses, HEAD where there is GET; 404 and 405 otherwise. An error in a
 * handler is given to `onError` and answered with 500. Throws `ConfigError` when the port is taken.
 */
export const startInternalServer = async (options: {
  readonly port: number
  readonly routes: ReadonlyMap<string, InternalRoute>
  onError(error: unknown): void
}): Promise<InternalServer> => {
  const server = createServer((request, response) => {
    answer(options.routes, request)
      .catch((error: unknown) => {
        options.onError(error)
        return jsonReply(500, { error: 'internal' })
      })
      .then((reply) => write(response, reply, request.method === 'HEAD'))
      .catch(options.onError)
  })
  const port = await listen(server, options.port)
  return { port, close: () => close(server) }
}
