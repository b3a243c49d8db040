/// <reference lib="dom" />
import type { Page } from 'playwright-core'

/** What a page has shown and suffered since it was opened; times in milliseconds since the navigation began. */
export interface Seen {
  /** Sentences of the live region, in order; one that was said twice stands here twice. */
  readonly announced: string[]
  /** Phases of the connection as they were shown, in order. */
  readonly phases: string[]
  /** The fewest rows of prices since the first ones came; -1 before. */
  fewestRows: number
  /** When the first live price was painted; -1 before. */
  firstPriceMs: number
  /** Start and length of every task over 50 ms. */
  readonly longTasks: (readonly [startMs: number, lengthMs: number])[]
  /** What the page's security policy refused. */
  readonly violations: string[]
}

declare global {
  interface Window {
    fluxSeen: Seen
  }
}

/** Runs inside the page before its own scripts, so it must not use anything from outside. */
const probe = (): void => {
  const seen: Seen = {
    ...{ announced: [], phases: [], longTasks: [], violations: [] },
    ...{ fewestRows: -1, firstPriceMs: -1 },
  }
  window.fluxSeen = seen
  let said = ''
  let priceCame = false

  const lookAtConnection = () => {
    const pill = document.querySelector('[data-testid="connection"]')
    const words = pill?.querySelector('output')?.textContent ?? ''
    if (words !== said && words !== '') seen.announced.push(words)
    said = words
    const phase = pill?.getAttribute('data-phase')
    if (phase && phase !== seen.phases.at(-1)) seen.phases.push(phase)
  }
  const lookAtPrices = () => {
    const rows = document.querySelectorAll('tr[data-row]').length
    if (rows > 0 && seen.fewestRows < 0) seen.fewestRows = rows
    seen.fewestRows = Math.min(seen.fewestRows, rows)
    const price = document.querySelector('tr[data-stale="false"] [data-testid^="price-"]')
    if (priceCame || !/\d/.test(price?.textContent ?? '')) return
    priceCame = true
    // The first task after the frame that shows it.
    requestAnimationFrame(() =>
      setTimeout(() => {
        seen.firstPriceMs = performance.now()
      }),
    )
  }
  new MutationObserver(() => {
    lookAtConnection()
    lookAtPrices()
  }).observe(document, {
    ...{ subtree: true, childList: true, characterData: true },
    ...{ attributes: true, attributeFilter: ['data-phase', 'data-stale'] },
  })
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      seen.longTasks.push([startTime, duration])
  }).observe({ type: 'longtask', buffered: true })
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    seen.violations.push(`${violatedDirective}: ${blockedURI}`)
  })
}

/** Lets a page note what it shows, from its next navigation on. */
export const installProbe = (page: Page): Promise<unknown> => page.addInitScript(probe)

/** What the page has seen by now. */
export const readProbe = (page: Page): Promise<Seen> => page.evaluate(() => window.fluxSeen)

/** Forgets the sentences and phases, and starts to count the rows anew. */
export const restartProbe = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { fluxSeen } = window
    fluxSeen.announced.length = 0
    fluxSeen.phases.length = 0
    fluxSeen.fewestRows = document.querySelectorAll('tr[data-row]').length
  })
