import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'
import { traceFields } from './tracing.ts'

/** The levels a process can be told to log at. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** One of `logLevels`. */
export type LogLevel = (typeof logLevels)[number]

/** A structured logger: `log.info({ key: value }, 'sentence')`. */
export type Log = Logger

/** Field names whose values never reach a log line, at any of the two upper levels of an entry. */
const secretFields = ['token', 'password', 'authorization', 'cookie', 'apiKey', 'appid', 'secret']

/** JSON lines on standard output (or `destination`), levels as words, times as ISO 8601, ids of the active span. */
export const createLog = (
  options: { name: string; level?: LogLevel; bindings?: Readonly<Record<string, string>> },
  destination?: DestinationStream,
): Log => {
  const settings = {
    level: options.level ?? 'info',
    base: { service: options.name, ...options.bindings },
    timestamp: stdTimeFunctions.isoTime,
    mixin: () => ({ ...traceFields() }),
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: secretFields.flatMap((f) => [f, `*.${f}`]), censor: '[redacted]' },
  }
  return destination ? pino(settings, destination) : pino(settings)
}
