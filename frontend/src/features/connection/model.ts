import type { ClientStatus } from '@flux/client'
import type { Tail } from '../../realtime/use-tail.ts'
import { formatMinute } from '../../ui/format.ts'

/** What the pill shows. `stale`: connected, but the server itself hears nothing new. */
export type ShownPhase = 'connecting' | 'live' | 'stale' | 'offline' | 'recovering'

/** How long the pill tells what came back, in milliseconds. */
const newsMs = 6_000

/** The phase to show, from the client's phase and its replica's tail. */
export const shownPhase = (phase: ClientStatus['phase'], tail: Tail | undefined): ShownPhase => {
  if (phase === 'session') return 'connecting'
  if (phase !== 'live') return phase
  return tail === undefined || tail === 'live' ? 'live' : 'stale'
}

type Resume = NonNullable<ClientStatus['lastResume']>

const updates = (count: number): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? 'update' : 'updates'}`

/** What came back after an interruption. */
export const resumeWords = ({ outcome, caughtUp }: Resume): string => {
  if (outcome === 'recovered')
    return caughtUp > 0 ? `caught up ${updates(caughtUp)}` : 'nothing missed'
  return outcome === 'snapshot' ? 'newest values, a gap not filled' : 'started afresh'
}

/** Seconds until the next attempt, never below 0; `undefined` when none is planned. */
const secondsUntil = (retryAt: number | undefined, now: number): number | undefined =>
  retryAt === undefined ? undefined : Math.max(0, Math.ceil((retryAt - now) / 1_000))

const retryDetail = (status: ClientStatus, now: number): string => {
  const seconds = secondsUntil(status.retryAt, now)
  return seconds === undefined || seconds === 0
    ? ', trying again now'
    : `, trying again in ${seconds} s`
}

const liveDetail = ({ latencyMs, lastResume }: ClientStatus, now: number): string => {
  if (lastResume && now - lastResume.at < newsMs) return `, ${resumeWords(lastResume)}`
  return latencyMs === undefined ? '' : ` ${Math.round(latencyMs)} ms`
}

/** The pill in words: the state, and what follows it, with its comma or space (may be empty). */
export interface PillWords {
  readonly word: string
  readonly detail: string
}

/** The pill's words at a time of the browser's clock. */
export const pillWords = (
  shown: ShownPhase,
  status: ClientStatus,
  { now, timeZone }: { now: number; timeZone?: string },
): PillWords => {
  switch (shown) {
    case 'connecting':
      return {
        word: 'Connecting',
        detail: status.attempt > 0 ? retryDetail(status, now) : '',
      }
    case 'live':
      return { word: 'Live', detail: liveDetail(status, now) }
    case 'stale':
      return { word: 'Stale', detail: ', the server waits for its feed' }
    case 'offline':
      return {
        word: `Offline since ${formatMinute(status.since, timeZone)}`,
        detail: retryDetail(status, now),
      }
    case 'recovering':
      return { word: 'Recovering', detail: ', asking for what was missed' }
  }
}

/** True when the page waits for its next attempt, which a button can make at once. */
export const canRetry = ({ phase, attempt }: ClientStatus): boolean =>
  phase === 'offline' || (phase === 'connecting' && attempt > 0)

/** What a screen reader is told when the shown phase changes; nothing for steps on the way. */
export const announcement = (
  before: ShownPhase,
  shown: ShownPhase,
  resume: Resume | undefined,
): string | undefined => {
  if (before === shown) return undefined
  switch (shown) {
    case 'live':
      return before === 'recovering' && resume ? `Live again, ${resumeWords(resume)}.` : 'Live.'
    case 'offline':
      return 'Offline. Values stay on screen, and the page tries to connect again by itself.'
    case 'stale':
      return 'Connected, but the server receives no new values at the moment.'
    case 'connecting':
    case 'recovering':
      return undefined
  }
}
