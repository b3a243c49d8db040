/// <reference lib="dom" />

import type { ClientClock } from './clock.ts'

/** Arranges that listeners are told of what changed; called once per batch of changes. */
export type Schedule = (flush: () => void) => void

/** How long a hidden page lets changes gather, in milliseconds: it gets no animation frames. */
const hiddenMs = 250

const inPage = (): boolean =>
  typeof document !== 'undefined' && typeof requestAnimationFrame === 'function'

/** Once per animation frame in a visible page, every 250 ms in a hidden one, else in a microtask. */
export const defaultSchedule = (clock: ClientClock): Schedule => {
  if (!inPage()) return (flush) => queueMicrotask(flush)
  return (flush) => {
    if (document.hidden) clock.after(hiddenMs, flush)
    else nextFrame(clock, flush)
  }
}

/** A frame that was asked for before the page was hidden never comes, so a timer stands behind it. */
const nextFrame = (clock: ClientClock, flush: () => void) => {
  let done = false
  const once = () => {
    if (done) return
    done = true
    cancel()
    flush()
  }
  const cancel = clock.after(hiddenMs, once)
  requestAnimationFrame(once)
}

/** Calls `fn` when the browser says that the network is back; nothing where there is no browser. */
export const onNetworkBack = (fn: () => void): (() => void) => {
  if (!inPage()) return () => undefined
  globalThis.addEventListener('online', fn)
  return () => globalThis.removeEventListener('online', fn)
}
