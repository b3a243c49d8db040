import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Replicas } from './replicas.ts'

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade'])

const forwardedFor = (request: IncomingMessage): string => {
  const before = request.headers['x-forwarded-for']
  const peer = request.socket.remoteAddress ?? 'unknown'
  return before ? `${before}, ${peer}` : peer
}

const unavailable = (response: ServerResponse, status: 502 | 503): void => {
  if (response.headersSent) return void response.destroy()
  response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '1' })
  response.end('{"code":"busy","message":"no replica is ready"}\n')
}

const withoutHopByHop = (headers: NodeJS.Dict<string | string[]>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)))

/** Passes one HTTP request on over a connection of its own. */
export const forward = async (
  replicas: Replicas,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const upstream = await replicas.open()
  if (!upstream) return unavailable(response, 503)
  const chunked = request.headers['transfer-encoding'] !== undefined
  const out = httpRequest({
    createConnection: () => upstream,
    method: request.method,
    path: request.url,
    headers: {
      ...withoutHopByHop(request.headers),
      ...(chunked && { 'transfer-encoding': 'chunked' }),
      'x-forwarded-for': forwardedFor(request),
      connection: 'close',
    },
  })
  out.on('error', () => unavailable(response, 502))
  out.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, withoutHopByHop(answer.headers))
    answer.on('error', () => response.destroy()).pipe(response)
  })
  response.on('close', () => upstream.destroy())
  request.pipe(out)
}

const requestHead = (request: IncomingMessage): string => {
  const lines = [`${request.method} ${request.url} HTTP/1.1`]
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const [name, value] = request.rawHeaders.slice(at, at + 2)
    if (name?.toLowerCase() !== 'x-forwarded-for') lines.push(`${name}: ${value}`)
  }
  return `${[...lines, `X-Forwarded-For: ${forwardedFor(request)}`].join('\r\n')}\r\n\r\n`
}

const join = (client: Duplex, upstream: Socket): void => {
  client.on('close', () => upstream.destroy())
  upstream.on('close', () => client.destroy())
  client.pipe(upstream).pipe(client)
}

/** Passes an upgrade on as it came (Host and Origin with it) and then only bytes, both ways. */
export const passUpgrade = async (
  replicas: Replicas,
  request: IncomingMessage,
  { client, head }: { readonly client: Duplex; readonly head: Buffer },
): Promise<void> => {
  client.on('error', () => client.destroy())
  const upstream = await replicas.open()
  if (!upstream) {
    client.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n')
    return
  }
  if (client.destroyed) return void upstream.destroy()
  upstream.write(requestHead(request))
  if (head.length > 0) upstream.write(head)
  join(client, upstream)
}
