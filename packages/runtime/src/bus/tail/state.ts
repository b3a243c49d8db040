import type { Clock } from '../../clock.ts'
import type { TailState } from '../port.ts'

const darkMs = 3000

/** The state of a tail, told when it changes. */
export interface StateKeeper {
  state(): TailState
  lastFetchAt(): number | undefined
  /** The broker answered a fetch. */
  fetched(): void
  /** True when the ends to reach have to be asked for. */
  needsAim(): boolean
  /** The ends to reach are known; `behind`: some partition has not reached its end. */
  aimed(behind: boolean): void
  /** Something may have reached its end. */
  check(): void
}

/**
 * `dark` after 3 s without a fetch that succeeded; back over `catching-up` to `live`, once the ends that were seen
 * since are reached.
 */
export const createStateKeeper = (options: {
  readonly clock: Clock
  onState(state: TailState): void
  isBehind(): boolean
}): StateKeeper => {
  const { clock, onState, isBehind } = options
  const startedAt = clock.monotonic()
  let state: TailState = 'catching-up'
  let lastFetchAt: number | undefined
  let hasAim = false
  const change = (next: TailState) => {
    if (next === state) return
    state = next
    onState(next)
  }
  const check = () => {
    if (clock.monotonic() - (lastFetchAt ?? startedAt) > darkMs) {
      // What is reached until the broker answers again may be far from its end by then.
      if (state !== 'dark') hasAim = false
      return change('dark')
    }
    if (state === 'catching-up' && hasAim && lastFetchAt !== undefined && !isBehind())
      change('live')
  }
  return {
    state: () => state,
    lastFetchAt: () => lastFetchAt,
    fetched: () => {
      lastFetchAt = clock.monotonic()
      if (state === 'dark') change('catching-up')
      check()
    },
    needsAim: () => !hasAim,
    aimed: (behind) => {
      hasAim = true
      if (behind && state === 'live') change('catching-up')
    },
    check,
  }
}
