// npm run screenshots: starts the whole stack, waits until it has a little history, and writes docs/screenshots/*.png.

import { mkdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildPage } from '@flux/scripts/page'
import { type Stack, serviceNames, startStack, until } from '@flux/scripts/stack'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from './browser.ts'

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))

const views = [
  ['overview', '/'],
  ['weather', '/weather/oslo-no'],
  ['product', '/crypto/BTC-USD'],
  ['stocks', '/stocks'],
  ['news', '/news'],
  ['system', '/system'],
] as const

const looks = [
  ['dark', { width: 1_440, height: 900 }, 'dark'],
  ['light', { width: 1_440, height: 900 }, 'light'],
  ['phone', { width: 390, height: 844 }, 'dark'],
] as const

/** Largest picture that is kept in the repository, in bytes. */
const most = 250_000
/** How long prices are gathered first, so that lines are lines, in milliseconds. */
const historyMs = Number(process.env['HISTORY_MS'] ?? 180_000)

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const settled = async (page: Page): Promise<void> => {
  await page.locator('[data-testid="connection"][data-phase="live"]').waitFor()
  await page.locator('main h2').first().waitFor()
  const loading = page.locator('main [data-state="loading"], main [aria-busy="true"]')
  const end = performance.now() + 6_000
  // Long enough for the pill to have said what it had to, and for rates to be known.
  const still = async () => performance.now() > end && (await loading.count()) === 0
  await until(still, { what: 'everything on the page', deadlineMs: 40_000, everyMs: 200 })
}

const take = async (browser: Browser, url: string): Promise<void> => {
  for (const [name, viewport, colorScheme] of looks) {
    const isPhone = name === 'phone'
    const context = await browser.newContext({
      ...{ viewport, colorScheme, hasTouch: isPhone, isMobile: isPhone },
      ...{ locale: 'en-GB', timezoneId: 'Europe/Oslo' },
    })
    for (const [view, path] of views) {
      const page = await context.newPage()
      await page.goto(url + path)
      await settled(page)
      const file = `${folder}${view}-${name}.png`
      await page.screenshot({ path: file, scale: 'css' })
      const { size } = statSync(file)
      print(`${view}-${name}.png ${Math.round(size / 1_000)} kB${size > most ? ', too large' : ''}`)
      await page.close()
    }
    await context.close()
  }
}

const gathered = async (stack: Stack, browser: Browser): Promise<void> => {
  const page = await browser.newPage({ timezoneId: 'Europe/Oslo' })
  await page.goto(stack.url)
  await settled(page)
  const end = performance.now() + historyMs
  await until(() => performance.now() > end, {
    ...{ what: 'a little history', deadlineMs: historyMs + 10_000, everyMs: 500 },
  })
  await page.close()
}

const main = async (): Promise<void> => {
  mkdirSync(folder, { recursive: true })
  print(`the page is ${await buildPage()}`)
  const stack = await startStack({
    services: Object.fromEntries(serviceNames.map((name) => [name, 1])),
  })
  try {
    const browser = await openBrowser()
    try {
      await gathered(stack, browser)
      await take(browser, stack.url)
    } finally {
      await browser.close()
    }
  } finally {
    await stack.close()
  }
}

await main()
process.exit(0)
