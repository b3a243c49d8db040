import { Readable } from 'node:stream'
import type { Clock } from '@flux/runtime'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Faults } from './control/faults.ts'
import type { Provider } from './provider.ts'

/** Is `path` under `pattern`? A `*` in the pattern stands for one segment; no pattern fits every path. */
export const fitsPath = (pattern: string | undefined, path: string): boolean => {
  const wanted = (pattern ?? '').split('/').filter((part) => part !== '')
  const given = path.split('/').filter((part) => part !== '')
  return wanted.every((part, i) => given[i] !== undefined && (part === '*' || part === given[i]))
}

/** A copy of `value` in which `fields` are null, however deep; without `fields`, all but ids and symbols. */
export const withNulls = (value: unknown, fields?: readonly string[]): unknown => {
  if (Array.isArray(value)) return value.map((item) => withNulls(item, fields))
  if (typeof value !== 'object' || value === null) return fields ? value : null
  const isNulled = (key: string) =>
    fields ? fields.includes(key) : !['id', 'symbol', 'name', 'trade_id'].includes(key)
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      isNulled(key) ? null : fields ? withNulls(inner, fields) : inner,
    ]),
  )
}

const html =
  '<!DOCTYPE html><html><head><title>Error 1020</title></head><body>Access denied</body></html>'

interface Scope {
  readonly provider: Provider
  readonly faults: Faults
  readonly clock: Clock
  readonly signal: AbortSignal
}

interface Target {
  readonly provider: string
  readonly path?: string | undefined
}

const targets = (scope: Scope, request: FastifyRequest) => {
  const [url = ''] = request.url.split('?')
  const path = url.slice(scope.provider.prefix.length)
  return (fault: Target) => fault.provider === scope.provider.name && fitsPath(fault.path, path)
}

const beforeRoute = async (scope: Scope, request: FastifyRequest, reply: FastifyReply) => {
  const { faults, provider, clock, signal } = scope
  const fits = targets(scope, request)
  const slow = faults.take('slow', fits)
  if (slow) await clock.sleep(slow.delayMs, signal)
  const status = faults.take('status', fits)
  if (!status) return
  if (status.retryAfterS !== undefined) reply.header('retry-after', String(status.retryAfterS))
  await reply.code(status.status).send(status.body ?? provider.errorBody(status.status))
}

async function* cutInHalf(text: string, request: FastifyRequest) {
  yield text.slice(0, Math.ceil(text.length / 2))
  request.raw.socket.destroy()
}

const damagedBody = (
  scope: Scope,
  exchange: { request: FastifyRequest; reply: FastifyReply; body: string },
): string | Readable => {
  const { faults, provider } = scope
  const { request, reply, body } = exchange
  const fits = targets(scope, request)
  const nulls = faults.take('nulls', fits)
  if (nulls) return JSON.stringify(withNulls(JSON.parse(body), nulls.fields))
  const error = faults.take('error_object', fits)
  if (error) return JSON.stringify(error.body ?? provider.errorBody(500))
  if (faults.take('empty', fits)) return '[]'
  if (faults.take('malformed', fits)) return body.slice(0, Math.ceil(body.length / 2))
  if (faults.take('html', fits)) {
    reply.header('content-type', 'text/html; charset=utf-8')
    return html
  }
  if (!faults.take('cut', fits)) return body
  reply.removeHeader('content-length')
  return Readable.from(cutInHalf(body, request))
}

/** Makes the routes of `app` suffer the HTTP faults that are set for the provider. */
export const installHttpFaults = (app: FastifyInstance, scope: Scope): void => {
  app.addHook('onRequest', (request, reply) => beforeRoute(scope, request, reply))
  app.addHook('onSend', async (request, reply, payload) =>
    typeof payload === 'string' && reply.statusCode < 400
      ? damagedBody(scope, { request, reply, body: payload })
      : payload,
  )
}
