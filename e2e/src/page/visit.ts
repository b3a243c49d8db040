import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  ConsoleMessage,
  Page,
} from 'playwright-core'
import { isBrokenSocket, listenTo } from '../console.ts'
import { installProbe } from './probe.ts'

/** A page that is watched. */
export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  /** Errors of the page and of its console, but for connections that break and pictures that cannot be had. */
  readonly complaints: readonly string[]
}

/** The tests break connections on purpose and have no network for pictures; the browser itself tells of both. */
const isExpected = (said: ConsoleMessage): boolean =>
  isBrokenSocket(said) || /Failed to load resource/.test(said.text())

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
  listenTo(page, complaints, isExpected)
  await installProbe(page)
  return { context, page, complaints }
}
