import { buildPage } from '@flux/scripts/page'
import { type Stack, serviceNames, startStack } from '@flux/scripts/stack'
import { eventually } from '@flux/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../src/browser.ts'
import { cryptoView } from '../src/page/crypto.ts'
import { animatedNow, focused } from '../src/page/focus.ts'
import { visit } from '../src/page/visit.ts'

const views = [
  ...['/', '/weather', '/crypto', '/crypto/BTC-USD', '/stocks'],
  ...['/news', '/system', '/about', '/states'],
]

describe('a page for everybody', () => {
  let stack: Stack
  let browser: Browser

  const open = async (path: string, options?: Parameters<typeof visit>[1]) => {
    const visited = await visit(browser, options)
    await visited.page.goto(stack.url + path)
    await cryptoView(visited.page).becomes('live')
    return visited
  }
  const settled = async (page: Page) => {
    await page.locator('main h2').first().waitFor()
    await eventually(
      'nothing to be loading',
      async () => (await page.locator('[data-state="loading"]:not([data-shown] *)').count()) === 0,
    )
  }

  beforeAll(async () => {
    await buildPage(AbortSignal.timeout(60_000))
    ;[stack, browser] = await Promise.all([
      startStack({
        services: Object.fromEntries(serviceNames.map((name) => [name, 1])),
        env: { sandbox: { SANDBOX_RATE: '60' } },
      }),
      openBrowser(),
    ])
    const { page, context } = await open('/')
    await page.getByTestId('story').first().waitFor({ timeout: 60_000 })
    await context.close()
  })

  afterAll(async () => {
    await browser?.close()
    await stack?.close()
  })

  // A zoom of 200 % leaves a window of 1,440 × 900 half of its pixels each way.
  it.each(views.map((path) => [path]))(
    'needs no scrolling to the side at 200 % and at 320 px: $0',
    async (path) => {
      const { page, context } = await open(path, { viewport: { width: 720, height: 450 } })
      await settled(page)
      for (const width of [720, 320]) {
        await page.setViewportSize({ width, height: 450 })
        await eventually(`no wider page than ${width} px`, () =>
          page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        )
      }
      await context.close()
    },
  )

  it('moves nothing where less motion is wished for', async () => {
    const { page, context } = await open('/', { reducedMotion: 'reduce' })
    await settled(page)
    const animated = new Set<string>()
    const end = Date.now() + 5_000
    await eventually('5 s of prices', async () => {
      for (const property of await animatedNow(page)) animated.add(property)
      return Date.now() > end
    })
    expect([...animated].filter((property) => property !== 'opacity')).toEqual([])
    await context.close()
  })

  it('shows where the focus is and what it is on, all the way through', async () => {
    const { page, context } = await open('/crypto')
    await settled(page)
    const names: string[] = []
    for (let step = 0; step < 24; step += 1) {
      await page.keyboard.press('Tab')
      const { name, outlined } = await focused(page)
      expect(outlined, `${step}: ${name}`).toBe(true)
      expect(name, `step ${step} after ${names.at(-1)}`).not.toBe('')
      names.push(name)
    }
    for (const wanted of [/^Flux$/, /^Overview$/, /^Connection/, /^Settings$/, /^Filter coins$/])
      expect(
        names.some((name) => wanted.test(name)),
        String(wanted),
      ).toBe(true)
    await context.close()
  })

  it('is walked through by keys: search, sort, rows, details and back', async () => {
    const { page, context } = await open('/crypto')
    await settled(page)
    await page.getByRole('searchbox', { name: 'Filter coins' }).waitFor()
    await page.keyboard.press('/')
    await eventually('the filter', async () => (await focused(page)).name === 'Filter coins')
    await page.keyboard.type('coin')
    await eventually('two coins or more, and not all', async () => {
      const count = await page.locator('tr[data-row]').count()
      return count >= 1 && count < 8
    })
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Price' }).focus()
    await page.keyboard.press('Enter')
    const sorted = page.getByRole('columnheader', { name: /^Price/ })
    expect(await sorted.getAttribute('aria-sort')).toBe('descending')
    await page
      .getByRole('link', { name: /Bitcoin/ })
      .first()
      .focus()
    await page.keyboard.press('ArrowDown')
    const second = (await focused(page)).name
    expect(second).not.toMatch(/Bitcoin/)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/crypto\/[A-Z0-9]+-USD$/)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect((await focused(page)).name).toBe(second)
    await context.close()
  })

  it('names its parts for screen readers, and speaks in one place only', async () => {
    const { page, context } = await open('/')
    await page.getByRole('heading', { name: 'Oslo, Norway' }).waitFor()
    await page.getByTestId('price-BTC-USD').waitFor()
    for (const name of ['Weather', 'Crypto', 'Stocks', 'News', 'Watchlist'])
      expect(await page.getByRole('region', { name, exact: true }).count(), name).toBe(1)
    expect(await page.getByRole('banner').count()).toBe(1)
    expect(await page.getByRole('main').count()).toBe(1)
    expect(await page.getByRole('navigation', { name: 'Views' }).count()).toBe(1)
    expect(await page.getByRole('heading', { level: 1 }).allTextContents()).toEqual(['Flux'])
    const table = page.getByRole('table', { name: /^Crypto prices/ })
    const header = table.getByTestId('row-BTC-USD').getByRole('rowheader', { name: /Bitcoin/ })
    expect(await header.count()).toBe(1)
    expect(await page.locator('[aria-live]:not([aria-live="off"])').count()).toBe(1)
    await page.getByRole('status').waitFor({ state: 'attached' })
    const unnamed = await page.locator('button, a[href], input').evaluateAll((all) =>
      all
        .filter((one) => !one.textContent?.trim() && !one.getAttribute('aria-label'))
        .filter((one) => !one.closest('[hidden]') && !one.id)
        .map((one) => one.outerHTML.slice(0, 120)),
    )
    expect(unnamed).toEqual([])
    await context.close()
  })

  it('bears prices of every size, long and foreign headlines, and pictures that are missing', async () => {
    const { page, context } = await open('/states', { viewport: { width: 390, height: 844 } })
    await page.getByRole('tab', { name: 'Crypto' }).click()
    const coins = page.locator('[data-shown="Crypto-live"]')
    const tiny = coins.getByTestId('price-TINY-USD')
    expect(await tiny.locator('[aria-hidden="true"]').textContent()).toBe('0.0₆12')
    expect(await tiny.locator('.sr-only').textContent()).toBe('0.00000012')
    expect(await coins.getByTestId('price-HUGE-USD').textContent()).toBe('1,234,567.00')
    await page.getByRole('tab', { name: 'News' }).click()
    const news = page.locator('[data-shown="News-live"]')
    const rtl = news.locator('[data-row="rtl"] [dir="auto"]').first()
    expect(await rtl.evaluate((one) => getComputedStyle(one).direction)).toBe('rtl')
    const long = await news.locator('[data-row="long"] [dir="auto"]').first().textContent()
    expect(long?.length).toBeGreaterThanOrEqual(300)
    await news.locator('[data-row="missing"]').scrollIntoViewIfNeeded()
    await news.locator('[data-row="missing"] img').waitFor({ state: 'detached' })
    const over = await news.evaluate(
      (one) =>
        [...one.querySelectorAll('li')].filter((li) => li.scrollWidth > li.clientWidth).length,
    )
    expect(over).toBe(0)
    await context.close()
  })
})
