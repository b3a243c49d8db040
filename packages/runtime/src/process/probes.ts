import type { Metrics } from '../telemetry/metrics.ts'
import {
  type InternalHandler,
  type InternalMethod,
  type InternalRoute,
  jsonReply,
} from './internal-server.ts'
import type { Lifecycle } from './lifecycle.ts'
import { type Check, readyReport } from './readiness.ts'

/** What `/version` answers. */
export interface Build {
  readonly name: string
  readonly version: string
  readonly revision: string
  readonly replica: string
}

/** The paths of the internal port. */
export interface Probes {
  readonly routes: ReadonlyMap<string, InternalRoute>
  ready(name: string, check: Check): void
  route(path: string, handler: InternalHandler, method?: InternalMethod): void
  /** Says that the process has opened everything. */
  started(): void
}

/** `/livez`, `/readyz`, `/startupz`, `/metrics`, `/version`, and what else is added. */
export const createProbes = (options: {
  readonly build: Build
  readonly metrics: Metrics
  readonly lifecycle: Pick<Lifecycle, 'signal'>
}): Probes => {
  const { expose } = options.metrics
  let started = false
  const checks = new Map<string, Check>([
    [
      'process',
      () => {
        if (options.lifecycle.signal.aborted) return { state: 'not_ready', why: 'closing' }
        return started ? { state: 'ready' } : { state: 'not_ready', why: 'starting' }
      },
    ],
  ])
  const probes: readonly (readonly [string, InternalHandler])[] = [
    // Answering at all is the proof: the event loop turns.
    ['/livez', () => jsonReply(200, { status: 'ok' })],
    ['/startupz', () => jsonReply(started ? 200 : 503, { started })],
    [
      '/readyz',
      () => {
        const report = readyReport(checks)
        return jsonReply(report.status === 'not_ready' ? 503 : 200, report)
      },
    ],
    ['/metrics', async (_url, _body, accept) => ({ status: 200, ...(await expose(accept)) })],
    ['/version', () => jsonReply(200, options.build)],
  ]
  const routes = new Map<string, Map<InternalMethod, InternalHandler>>()
  const route: Probes['route'] = (path, handler, method = 'GET') => {
    routes.set(path, (routes.get(path) ?? new Map()).set(method, handler))
  }
  for (const [path, handler] of probes) route(path, handler)
  return {
    routes,
    ready: (name, check) => checks.set(name, check),
    route,
    started: () => {
      started = true
    },
  }
}
