import type { Clock } from '../clock.ts'
import type { ProcessConfig } from '../config/common.ts'
import type { Env } from '../config/config.ts'
import { ConfigError } from '../errors.ts'
import { createLevelSwitch, createLog, type Log } from '../telemetry/log.ts'
import { createMetrics, type Metrics } from '../telemetry/metrics.ts'
import { registerProcessMetrics } from '../telemetry/process-metrics.ts'
import { startTracing, type Tracing } from '../telemetry/tracing.ts'
import type { ProcessHost } from './host.ts'
import {
  type InternalHandler,
  type InternalMethod,
  startInternalServer,
} from './internal-server.ts'
import { type Close, createLifecycle, type Lifecycle } from './lifecycle.ts'
import { serveLogLevel } from './log-level.ts'
import { createProbes, type Probes } from './probes.ts'
import type { Check } from './readiness.ts'

/** Exit status of a wrong configuration (EX_CONFIG of sysexits.h). */
export const exitConfig = 78

/** What the code of a process is given. */
export interface Process<C> {
  readonly name: string
  /** Name of this replica, unique among those that run. */
  readonly replica: string
  readonly config: C
  /** The environment, for what has to be read again later. */
  readonly env: Env
  readonly log: Log
  readonly metrics: Metrics
  readonly clock: Clock
  /** 0 ≤ x < 1. */
  readonly random: () => number
  /** A new unique id. */
  readonly newId: () => string
  readonly tracing: Tracing
  /** Aborted when closing begins. */
  readonly signal: AbortSignal
  /** The port of probes and metrics. */
  readonly internalPort: number
  /** Registers what undoes an opening; called in reverse order. */
  onClose(name: string, close: Close): void
  /** Adds a check to `/readyz`. */
  ready(name: string, check: Check): void
  /** Answers `path` on the internal port; GET by default. */
  route(path: string, handler: InternalHandler, method?: InternalMethod): void
  /** For a bug: logs it as fatal, closes, exits with 1. */
  fail(error: unknown): void
}

/** A process that can be started. */
export interface RunningProcess<C> {
  /** Runs `begin`; an error in it ends the process (78 for `ConfigError`, else 1). */
  start(begin: (process: Process<C>) => Promise<void>): Promise<void>
}

interface CoreOptions<C> {
  readonly name: string
  readonly config: C
  readonly common: ProcessConfig
  /** The configuration fit for the log. */
  readonly shown: Readonly<Record<string, string>>
  readonly host: ProcessHost
}

interface Ending {
  /** Closes and exits with 0, or 1 when closing was not clean. */
  stop(reason: string): Promise<void>
  fail(error: unknown): void
  ended(): boolean
}

const createEnding = (host: ProcessHost, log: Log, lifecycle: Lifecycle): Ending => {
  let code: number | undefined
  const end = async (reason: string, wanted: number) => {
    const again = code !== undefined
    code = Math.max(code ?? 0, wanted)
    if (again) return
    const startedAt = host.clock.monotonic()
    const clean = await lifecycle.close(reason)
    const exit = code === 0 && !clean ? 1 : code
    const closedInMs = Math.round(host.clock.monotonic() - startedAt)
    log.info({ reason, closedInMs, exit }, 'stopped')
    host.exit(exit)
  }
  return {
    stop: (reason) => end(reason, 0),
    fail: (error) => {
      if (error instanceof ConfigError) host.complain(`${error.message}\n`)
      else log.fatal({ err: error }, 'a bug: closing')
      void end('failed', error instanceof ConfigError ? exitConfig : 1)
    },
    ended: () => code !== undefined,
  }
}

const exitOfSignal = { SIGTERM: 143, SIGINT: 130 } as const

const obeySignals = (host: ProcessHost, log: Log, ending: Ending) => {
  host.onBug(ending.fail)
  let told = false
  host.onSignal((signal) => {
    if (told) return host.exit(exitOfSignal[signal])
    told = true
    log.info({ signal }, 'stopping')
    void ending.stop(signal)
  })
}

/** Opens a served internal port; false when that failed and the process is ending. */
const serve = async (
  probes: Probes,
  options: { common: ProcessConfig; log: Log; ending: Ending; lifecycle: Lifecycle },
): Promise<number | undefined> => {
  const { common, log, ending, lifecycle } = options
  try {
    const server = await startInternalServer({
      port: common.internalPort,
      routes: probes.routes,
      onError: (err) => log.error({ err }, 'an internal request failed'),
    })
    lifecycle.onClose('internal port', server.close)
    return server.port
  } catch (error) {
    ending.fail(error)
    return undefined
  }
}

/** Makes a process up to the point where its own code begins. */
export const createProcess = async <C>(options: CoreOptions<C>): Promise<RunningProcess<C>> => {
  const { name, config, common, shown, host } = options
  const { clock, random, newId } = host
  const replica = common.replica ?? host.identity.slice(0, 100)
  const { version, revision } = common
  const level = createLevelSwitch(common.logLevel)
  const log = createLog({ name, level, bindings: { replica } }, host.logTo)
  const metrics = createMetrics()
  const lifecycle = createLifecycle({ clock, log, deadlineMs: common.shutdownMs })
  const ending = createEnding(host, log, lifecycle)
  obeySignals(host, log, ending)
  registerProcessMetrics(metrics, { service: name, version, revision })
  const tracing = await startTracing({
    service: name,
    version,
    replica,
    endpoint: common.otlpEndpoint,
    ratio: common.traceRatio,
    clock,
  })
  lifecycle.onClose('tracing', tracing.close)
  const probes = createProbes({ build: { name, version, revision, replica }, metrics, lifecycle })
  const configured = common.logLevel
  lifecycle.onClose('log level', serveLogLevel(probes.route, { level, clock, log, configured }))
  const internalPort = await serve(probes, { common, log, ending, lifecycle })

  return {
    start: async (begin) => {
      if (internalPort === undefined) return
      log.info({ version, revision, internalPort, config: shown }, 'starting')
      try {
        await begin({
          name,
          replica,
          config,
          env: host.env,
          log,
          metrics,
          clock,
          random,
          newId,
          tracing,
          signal: lifecycle.signal,
          internalPort,
          onClose: lifecycle.onClose,
          ready: probes.ready,
          route: probes.route,
          fail: ending.fail,
        })
        probes.started()
      } catch (error) {
        // Told to stop while it was starting: what gave up is no fault.
        if (!ending.ended()) ending.fail(error)
      }
    },
  }
}
