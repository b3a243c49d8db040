import { AxeBuilder } from '@axe-core/playwright'
import { buildPage } from '@flux/scripts/page'
import { type Stack, startStack } from '@flux/scripts/stack'
import { eventually } from '@flux/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../src/browser.ts'
import { isBrokenSocket, listenTo } from '../src/console.ts'

describe('the page in a real browser', () => {
  let stack: Stack
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const complaints: string[] = []

  const price = () => page.getByTestId('price-BTC-USD').textContent()
  const phase = () => page.getByTestId('connection').getAttribute('data-phase')
  const isStale = () => page.getByTestId('row-BTC-USD').getAttribute('data-stale')
  const moves = async (what: string, deadlineMs = 30_000) => {
    const before = await price()
    await eventually(what, async () => (await price()) !== before, deadlineMs)
  }

  beforeAll(async () => {
    await buildPage(AbortSignal.timeout(60_000))
    ;[stack, browser] = await Promise.all([
      startStack({ env: { sandbox: { SANDBOX_RATE: '60' } } }),
      openBrowser(),
    ])
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    page = await context.newPage()
    listenTo(page, complaints, isBrokenSocket)
    await page.goto(stack.url)
  })

  afterAll(async () => {
    await browser?.close()
    await stack?.close()
  })

  it('shows live prices that move', async () => {
    await eventually('live', async () => (await phase()) === 'live')
    await page.getByTestId('price-BTC-USD').waitFor()
    expect(await price()).toMatch(/^[\d,]+\.\d{2}$/)
    await moves('the price of bitcoin to move')
    expect(await isStale()).toBe('false')
    expect(await page.getByText('simulated').count()).toBeGreaterThan(0)
  })

  it('is accessible in light and dark, on a desk and on a phone', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1_440, 390]) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 844 })
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(
          violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`),
          `${colorScheme} ${width}`,
        ).toEqual([])
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        expect(overflow, `${width} px wide`).toBeLessThanOrEqual(0)
      }
    }
    await page.setViewportSize({ width: 1_440, height: 900 })
  })

  it('comes back by itself on the other replica when its own is killed', async () => {
    await Promise.all(stack.bff.slice(0, 1).map((part) => part.kill('SIGKILL')))
    await moves('prices after the loss of one replica')
    await eventually('live again', async () => (await phase()) === 'live')
    await stack.bff[0]?.start()
  })

  it('keeps the values on screen as stale while all replicas are away', async () => {
    const shown = await price()
    await Promise.all(stack.bff.map((part) => part.kill('SIGKILL')))
    await eventually('offline', async () => (await phase()) === 'offline')
    expect(await price()).toMatch(/^[\d,]+\.\d{2}$/)
    expect(shown).toMatch(/^[\d,]+\.\d{2}$/)
    await eventually('stale', async () => (await isStale()) === 'true')
    await Promise.all(stack.bff.map((part) => part.start()))
    await eventually('live again', async () => (await phase()) === 'live', 40_000)
    await moves('prices again')
    await eventually('fresh', async () => (await isStale()) === 'false')
  })

  it('keeps the values as stale while Kafka is away, and goes on when it is back', async () => {
    await stack.kafka.kill('SIGKILL')
    await eventually('stale', async () => (await isStale()) === 'true', 45_000)
    expect(await price()).toMatch(/^[\d,]+\.\d{2}$/)
    await stack.kafka.start()
    await moves('prices again', 45_000)
    await eventually('fresh', async () => (await isStale()) === 'false')
  })

  it('said nothing on its console all the while', () => {
    expect(complaints).toEqual([])
  })
})
