import {
  type DestinationStream,
  type Logger,
  type LoggerOptions,
  pino,
  stdTimeFunctions,
} from 'pino'
import { traceFields } from './tracing.ts'

/** The levels a process can be told to log at. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** One of `logLevels`. */
export type LogLevel = (typeof logLevels)[number]

/** A structured logger: `log.info({ key: value }, 'sentence')`. */
export type Log = Logger

/** The level of a log and of all its children, changed while they run. */
export interface LevelSwitch {
  level(): LogLevel
  set(level: LogLevel): void
  /** True for a line of this severity, in pino's numbers. */
  lets(severity: number): boolean
}

const severityOf = (level: LogLevel): number =>
  level === 'silent' ? Number.POSITIVE_INFINITY : (pino.levels.values[level] ?? 0)

/** A switch at a level. */
export const createLevelSwitch = (initial: LogLevel): LevelSwitch => {
  let level = initial
  let least = severityOf(initial)
  return {
    level: () => level,
    set: (next) => {
      level = next
      least = severityOf(next)
    },
    lets: (severity) => severity >= least,
  }
}

/** Field names whose values never reach a log line, at any of the two upper levels of an entry. */
const secretFields = ['token', 'password', 'authorization', 'cookie', 'apiKey', 'appid', 'secret']

/** What a log is made of. */
export interface LogOptions {
  readonly name: string
  /** A level for good (default `info`), or a switch. */
  readonly level?: LogLevel | LevelSwitch
  readonly bindings?: Readonly<Record<string, string>>
}

/**
 * A child of a pino logger keeps the level that its parent had when it was made. So with a switch all of them let
 * everything through, and this one place, which children share, asks the switch.
 */
const switched = (level: LevelSwitch): LoggerOptions => ({
  level: 'trace',
  hooks: {
    logMethod(args, method, severity) {
      if (level.lets(severity)) method.apply(this, args)
    },
  },
})

/** JSON lines on standard output (or `destination`), levels as words, times as ISO 8601, ids of the active span. */
export const createLog = (options: LogOptions, destination?: DestinationStream): Log => {
  const { level = 'info' } = options
  const settings: LoggerOptions = {
    ...(typeof level === 'string' ? { level } : switched(level)),
    base: { service: options.name, ...options.bindings },
    timestamp: stdTimeFunctions.isoTime,
    mixin: () => ({ ...traceFields() }),
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: secretFields.flatMap((f) => [f, `*.${f}`]), censor: '[redacted]' },
  }
  return destination ? pino(settings, destination) : pino(settings)
}
