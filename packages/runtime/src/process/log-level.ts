import * as z from 'zod'
import type { Cancel, Clock } from '../clock.ts'
import { type LevelSwitch, type Log, type LogLevel, logLevels } from '../telemetry/log.ts'
import { type InternalReply, jsonReply } from './internal-server.ts'
import type { Probes } from './probes.ts'

const dayMs = 86_400_000

const wish = z.strictObject({
  level: z.enum(logLevels),
  forMs: z.number().int().min(1).max(dayMs).optional(),
})

const usage = `Send {"level": one of ${logLevels.join(', ')}, "forMs"?: 1 to ${dayMs} milliseconds}.`

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What `/loglevel` is made of. */
export interface LogLevelOptions {
  readonly level: LevelSwitch
  readonly clock: Clock
  readonly log: Log
  /** The level to go back to. */
  readonly configured: LogLevel
}

/**
 * `GET /loglevel` tells the level, `POST /loglevel` sets it: for `forMs` milliseconds, then the configured one is back,
 * or until it is set again. Returns what ends the wait.
 */
export const serveLogLevel = (
  route: Probes['route'],
  { level, clock, log, configured }: LogLevelOptions,
): (() => void) => {
  let back: { readonly at: number; readonly cancel: Cancel } | undefined

  const state = () => ({
    level: level.level(),
    configured,
    ...(back && { backInMs: Math.max(0, Math.round(back.at - clock.monotonic())) }),
  })
  const change = (next: LogLevel) => {
    const before = level.level()
    // Said while the more talkative of the two holds, or a change from or to a quiet one would go unsaid.
    const say = () => log.info({ logLevel: next, before }, 'log level changed')
    if (logLevels.indexOf(next) > logLevels.indexOf(before)) say()
    level.set(next)
    if (logLevels.indexOf(next) <= logLevels.indexOf(before)) say()
  }
  const wait = () => {
    back?.cancel()
    back = undefined
  }
  const set = (body: string): InternalReply => {
    const wanted = wish.safeParse(parse(body))
    if (!wanted.success) return jsonReply(400, { error: 'bad_request', message: usage })
    const { level: next, forMs } = wanted.data
    wait()
    change(next)
    if (forMs !== undefined) {
      const cancel = clock.after(forMs, () => {
        back = undefined
        change(configured)
      })
      back = { at: clock.monotonic() + forMs, cancel }
    }
    return jsonReply(200, state())
  }
  route('/loglevel', () => jsonReply(200, state()))
  route('/loglevel', (_url, body) => set(body), 'POST')
  return wait
}
