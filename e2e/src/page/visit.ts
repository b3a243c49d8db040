import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { installProbe } from './probe.ts'

/** A page that is watched. */
export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  /** Errors of the page and of its console, but for connections that break and pictures that cannot be had. */
  readonly complaints: readonly string[]
}

// The browser itself tells of these; the tests cause the first and have no network for the second.
const expected = /WebSocket connection|Failed to load resource|ERR_CONNECTION_REFUSED/

const usual: BrowserContextOptions = {
  viewport: { width: 1_440, height: 900 },
  locale: 'en-GB',
  timezoneId: 'Europe/Oslo',
}

/** A new page in a browser of its own state, watched from its first navigation on. */
export const visit = async (browser: Browser, options?: BrowserContextOptions): Promise<Visit> => {
  const context = await browser.newContext({ ...usual, ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text()))
      complaints.push(message.text())
  })
  await installProbe(page)
  return { context, page, complaints }
}
