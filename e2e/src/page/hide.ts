/// <reference lib="dom" />
import type { Page } from 'playwright-core'

declare global {
  interface Window {
    fluxHide(hidden: boolean): void
  }
}

/**
 * A driven browser shows all of its tabs at all times, so this does to a page what being hidden does: it says so, gives no
 * frames, and lets timers fire once a second at most. Runs inside the page before its own scripts.
 */
const hideable = (): void => {
  const frame = window.requestAnimationFrame.bind(window)
  const timer = window.setTimeout.bind(window)
  let hidden = false
  let waiting: FrameRequestCallback[] = []
  Object.defineProperty(document, 'hidden', { get: () => hidden })
  Object.defineProperty(document, 'visibilityState', {
    get: () => (hidden ? 'hidden' : 'visible'),
  })
  // What asks for a frame while it is hidden may not take it back; nothing here does.
  Reflect.set(window, 'requestAnimationFrame', (callback: FrameRequestCallback) =>
    hidden ? waiting.push(callback) : frame(callback),
  )
  Reflect.set(window, 'setTimeout', (handler: TimerHandler, ms = 0, ...more: unknown[]) =>
    timer(handler, hidden ? Math.max(ms, 1_000) : ms, ...more),
  )
  window.fluxHide = (now) => {
    hidden = now
    document.dispatchEvent(new Event('visibilitychange'))
    if (hidden) return
    const all = waiting
    waiting = []
    for (const callback of all) frame(callback)
  }
}

/** Makes a page one that can be hidden, from its next navigation on. */
export const installHide = (page: Page): Promise<unknown> => page.addInitScript(hideable)

/** Hides a page as a tab behind another one is hidden, or shows it again. */
export const hidePage = (page: Page, hidden: boolean): Promise<void> =>
  page.evaluate((now) => window.fluxHide(now), hidden)
