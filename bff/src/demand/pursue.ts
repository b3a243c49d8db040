import type { CommandRecord } from '@flux/contracts'
import type { Bus, Clock } from '@flux/runtime'
import type { Ask, Reason } from './asks.ts'
import type { DemandEvents } from './events.ts'
import { type Windows, windowAfter } from './windows.ts'

/** A wait for an answer; `unsent` is the id of a command whose window is this replica's and that did not get out. */
export interface Waiting {
  /** Epoch milliseconds. */
  readonly since: number
  unsent?: string | undefined
}

/** What a wait is about. */
export interface Pursuit {
  readonly ask: Ask
  readonly reason: Reason
  readonly waiting: Waiting
  /** False when everybody has left. */
  isWanted(): boolean
}

/** What pursuing needs. */
export interface PursueOptions {
  readonly bus: Pick<Bus, 'send'>
  readonly clock: Clock
  readonly windows: Pick<Windows, 'isOpen' | 'take'>
  readonly events: Pick<DemandEvents, 'sent' | 'suppressed'>
  readonly newId: () => string
}

/**
 * Makes what sends a command when a window is open and this replica takes it. One that did not get out is sent again
 * within its window, with its id: it may have arrived. Throws what `bus.send` throws.
 */
export const createPursue = (options: PursueOptions) => {
  const { bus, clock, windows, events, newId } = options
  const send = async ({ ask, reason, waiting }: Pursuit, signal: AbortSignal) => {
    const id = waiting.unsent ?? newId()
    waiting.unsent = id
    const times = { requestedAt: clock.now(), waitingSince: waiting.since }
    const record: CommandRecord = { id, reason, ...times, body: ask.body }
    const value = JSON.stringify(record)
    await bus.send(ask.command.topic, [{ key: ask.key, value, headers: {} }], signal)
    waiting.unsent = undefined
    events.sent(ask.command.name, reason)
  }
  return async (pursuit: Pursuit, signal: AbortSignal): Promise<void> => {
    const { waiting } = pursuit
    const { command, key } = pursuit.ask
    if (windows.isOpen(command.topic, key)) {
      waiting.unsent = undefined
      const windowMs = windowAfter(clock.now() - waiting.since)
      if (!(await windows.take(command.topic, key, windowMs)))
        return events.suppressed(command.name, 'window')
    } else if (waiting.unsent === undefined) return
    // Everybody may have left while the claim was made.
    if (pursuit.isWanted()) await send(pursuit, signal)
  }
}
