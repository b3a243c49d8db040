import { buildPage } from '@flux/scripts/page'
import { type Stack, startStack } from '@flux/scripts/stack'
import { eventually } from '@flux/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../src/browser.ts'

/** Pixels of the drawing that are not see-through, over all of the chart's layers. */
const drawnPixels = `[...document.querySelectorAll('dialog canvas')].reduce((sum, canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  return sum + data.filter((value, index) => index % 4 === 3 && value > 0).length
}, 0)`

describe('the details of a product', () => {
  let stack: Stack
  let browser: Browser
  let page: Page

  const drawer = () => page.getByRole('dialog')
  const trades = () => drawer().getByRole('table', { name: 'The newest trades' })
  const newestTrade = () => trades().getByRole('row').nth(1).textContent()
  const path = () => new URL(page.url()).pathname
  const closed = async () => {
    await eventually('no window', async () => (await drawer().count()) === 0)
  }
  const openBitcoin = async () => {
    await page.getByTestId('row-BTC-USD').getByRole('link').press('Enter')
    await page.getByRole('dialog', { name: /BTC-USD/ }).waitFor()
  }

  beforeAll(async () => {
    await buildPage(AbortSignal.timeout(60_000))
    ;[stack, browser] = await Promise.all([startStack({ services: { crypto: 1 } }), openBrowser()])
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`${stack.url}/crypto`)
    await page.getByTestId('row-BTC-USD').waitFor()
  })

  afterAll(async () => {
    await browser?.close()
    await stack?.close()
  })

  it('draws candles with their volume, and shows trades of before it was opened, then live ones', async () => {
    const first = await page.getByTestId('price-BTC-USD').textContent()
    await eventually('a trade that nobody looks at', async () => {
      return (await page.getByTestId('price-BTC-USD').textContent()) !== first
    })
    const tradedAt = Date.now()
    await eventually('two seconds since', () => Date.now() > tradedAt + 2_000)
    const openedAt = new Date().toLocaleTimeString('en-GB')
    await openBitcoin()
    await eventually('a trade of before', async () => {
      const oldest = await trades().getByRole('row').last().getByRole('cell').first().textContent()
      return (oldest ?? '') < openedAt
    })
    await eventually('drawn candles', async () => Number(await page.evaluate(drawnPixels)) > 1_000)
    await drawer()
      .getByText(/^Vol \d/)
      .waitFor()
    const before = await newestTrade()
    await eventually('a live trade', async () => (await newestTrade()) !== before)
  })

  it('puts minutes together to longer candles', async () => {
    const five = drawer().getByRole('button', { name: '5 min', exact: true })
    await five.click()
    expect(await five.getAttribute('aria-pressed')).toBe('true')
    await eventually('drawn candles', async () => Number(await page.evaluate(drawnPixels)) > 1_000)
    const chart = drawer().getByRole('group').last()
    await chart.press('ArrowLeft')
    await drawer()
      .getByText(/^At \d\d:\d[05]$/)
      .waitFor()
  })

  it('closes by Escape and gives focus back to the row it was opened from', async () => {
    await page.keyboard.press('Escape')
    await closed()
    expect(path()).toBe('/crypto')
    expect(
      await page.evaluate("document.activeElement.closest('tr')?.getAttribute('data-testid')"),
    ).toBe('row-BTC-USD')
  })

  it('closes by going back, and opens again by going forward', async () => {
    await openBitcoin()
    expect(path()).toBe('/crypto/BTC-USD')
    await page.goBack()
    await closed()
    expect(path()).toBe('/crypto')
    await page.goForward()
    await page.getByRole('dialog', { name: /BTC-USD/ }).waitFor()
  })

  it('is there at once by its address, whatever its letters', async () => {
    await page.goto(`${stack.url}/crypto/eth-usd`)
    await page.getByRole('dialog', { name: /ETH-USD/ }).waitFor()
    await trades().waitFor()
    await page.keyboard.press('Escape')
    await closed()
    expect(path()).toBe('/crypto')
  })

  it('says so when nothing is known of a product', async () => {
    await page.goto(`${stack.url}/crypto/NONE-USD`)
    await drawer()
      .getByText(/^Nothing is known of NONE-USD\./)
      .waitFor()
    await drawer().getByRole('button', { name: 'Ask again' }).waitFor()
  })
})
