import type { ClientStatus, Held, RoomState } from '@flux/client'
import type { ReactNode } from 'react'
import type { Source } from './sources.ts'

/** Every state that a panel can be in, as the page `/states` shows them. */
export const stateNames = [
  'loading',
  'waiting',
  'live',
  'stale',
  'offline',
  'recovering',
  'empty',
  'error',
  'unconfigured',
  'simulated',
] as const

/** A state that a panel can be in. */
export type StateName = (typeof stateNames)[number]

/** A panel that can be shown in every state: an entry of the page `/states`. */
export interface PanelStates {
  readonly title: string
  show(state: StateName): ReactNode
}

/** The time at which everything on `/states` stands still, epoch milliseconds. */
export const stillNow = Date.UTC(2026, 0, 14, 14, 3, 22)

const minute = 60_000
const hour = 60 * minute

const phases: Partial<Record<StateName, ClientStatus['phase']>> = {
  waiting: 'offline',
  offline: 'offline',
  recovering: 'recovering',
}

const sourceStates: Partial<Record<StateName, Partial<Source>>> = {
  error: { state: 'down', reason: 'no answer since 13:58' },
  unconfigured: { state: 'unconfigured', enabledBy: 'A_KEY' },
  simulated: { simulated: true },
}

/** What a state means in plain values, the same for every panel. */
export interface Condition {
  readonly status: Partial<ClientStatus>
  readonly room: RoomState
  /** There is content. */
  readonly filled: boolean
  /** Time of the newest fact. */
  readonly at: number
  readonly simulated: boolean
  readonly source: Partial<Source>
}

/** The condition of a state. */
export const conditionOf = (state: StateName): Condition => ({
  status: {
    phase: phases[state] ?? 'live',
    since: stillNow - 2 * minute,
    attempt: state === 'offline' || state === 'waiting' ? 3 : 0,
    retryAt: stillNow + 4_000,
    replica: 'bff-1',
    latencyMs: 38,
  },
  room: state === 'loading' || state === 'waiting' ? 'waiting' : 'live',
  filled: ['live', 'stale', 'offline', 'recovering', 'simulated'].includes(state),
  at: stillNow - (state === 'stale' ? hour : 3_000),
  simulated: state === 'simulated',
  source: sourceStates[state] ?? {},
})

/** A value as the client would hold it in a condition. */
export const heldIn = <Value>(
  { simulated }: Pick<Condition, 'simulated'>,
  { value, at }: { readonly value: Value; readonly at: number },
): Held<Value> => ({ value, at, simulated, position: [0, 0], version: 1, receivedAt: at })
