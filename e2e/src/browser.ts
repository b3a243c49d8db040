import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const options = () => {
  const executablePath = process.env['CHROMIUM_PATH'] ?? candidates.find((path) => existsSync(path))
  if (executablePath === undefined)
    throw new Error(
      'no Chromium here: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH',
    )
  return {
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  }
}

/** The system's Chromium (or `CHROMIUM_PATH`), quiet and offline but for the page. Throws when there is none. */
export const openBrowser = (): Promise<Browser> => chromium.launch(options())

/** A browser that can be put to sleep with all of its pages, as a laptop is whose lid is closed. */
export interface SleepyBrowser {
  readonly browser: Browser
  /** Stops all of it; nothing may be asked of it meanwhile. */
  sleep(): void
  wake(): void
  close(): Promise<void>
}

/** As `openBrowser`, with a lid. */
export const openSleepyBrowser = async (): Promise<SleepyBrowser> => {
  const server = await chromium.launchServer(options())
  const browser = await chromium.connect(server.wsEndpoint())
  // Chromium is started as the leader of a group of its own, in which all of its processes are.
  const tell = (signal: NodeJS.Signals) => process.kill(-(server.process().pid ?? 0), signal)
  return {
    browser,
    sleep: () => tell('SIGSTOP'),
    wake: () => tell('SIGCONT'),
    close: () => server.close(),
  }
}
