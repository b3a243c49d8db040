import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import { buildPage } from '@flux/scripts/page'
import { type Stack, startStack } from '@flux/scripts/stack'
import { eventually } from '@flux/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../src/browser.ts'
import { isForeignPicture, listenTo } from '../src/console.ts'

/** Rules whose verdict depends on colours; all others judge what is the same in both themes. */
const colourRules = ['color-contrast', 'link-in-text-block']

/** Words that come late are there at once, so that they are judged too. */
const showLateWords = `document.getAnimations()
  .filter(({ animationName }) => animationName === 'appear')
  .forEach((animation) => animation.finish())`

const dist = fileURLToPath(new URL('../../frontend/dist/', import.meta.url))

describe('the dashboard in a real browser', () => {
  let stack: Stack
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const complaints: string[] = []

  const tabs = (of: Page) => of.getByRole('tab').allTextContents()

  const open = async (path: string) => {
    const opened = await context.newPage()
    listenTo(opened, complaints, (said) => isForeignPicture(said, stack.url))
    await opened.goto(stack.url + path)
    return opened
  }

  beforeAll(async () => {
    await buildPage(AbortSignal.timeout(60_000))
    ;[stack, browser] = await Promise.all([
      startStack({ services: { weather: 1, crypto: 1 } }),
      openBrowser(),
    ])
    context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
      timezoneId: 'Europe/Oslo',
      geolocation: { latitude: 48.86, longitude: 2.35 },
      permissions: ['geolocation'],
    })
    page = await open('/')
  })

  afterAll(async () => {
    await browser?.close()
    await stack?.close()
  })

  it('loads at most 110 kB of script before it shows something', () => {
    const html = readFileSync(`${dist}index.html`, 'utf8')
    const files = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map((match) => match[1] ?? '')
    const sizes = files.map((file) => gzipSync(readFileSync(dist + file), { level: 9 }).length)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(110_000)
    expect(readdirSync(`${dist}assets`).length).toBeGreaterThan(files.length)
  })

  it('guesses the first place by the time zone and fits on a screen', async () => {
    await page.getByRole('heading', { name: 'Oslo, Norway' }).waitFor()
    await page.getByRole('figure', { name: /^Next 24 hours/ }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollHeight - innerHeight')).toBe(0)
  })

  it('asks for a place where the time zone has no city', async () => {
    const own = await browser.newContext({ timezoneId: 'UTC' })
    const nowhere = await own.newPage()
    await nowhere.goto(stack.url)
    await nowhere.getByText('No place is chosen.').waitFor()
    expect(await nowhere.getByRole('region', { name: 'Weather' }).getAttribute('aria-busy')).toBe(
      'false',
    )
    await own.close()
  })

  it('finds a place by keys alone, and saves it in all tabs', async () => {
    await page.getByPlaceholder('Search a place').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('bergen')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Bergen, Norway' }).waitFor()
    await page.getByRole('button', { name: 'Save this place' }).click()
    const second = await open('/weather')
    await eventually('the saved place', async () => (await tabs(second)).length === 2)
    await page.getByRole('button', { name: /switch to Fahrenheit/ }).click()
    await second.getByRole('button', { name: /switch to Celsius/ }).waitFor()
    await second.close()
  })

  it('gives every place an address, and goes back', async () => {
    const own = await open('/weather')
    await own.getByRole('tab', { name: /^Bergen/ }).click()
    expect(new URL(own.url()).pathname).toBe('/weather/bergen-no')
    await own.getByRole('heading', { name: 'Bergen, Norway' }).waitFor()
    await own.goBack()
    await own.getByRole('heading', { name: 'Oslo, Norway' }).waitFor()
    await own.close()
  })

  it('asks the browser where it is on request, for the tabs that no address pins', async () => {
    const pinned = await open('/weather/bergen-no')
    const free = await open('/weather')
    await free.getByRole('combobox').focus()
    await free.getByRole('option', { name: 'Near me' }).click()
    await free.getByRole('heading', { name: /, France$/ }).waitFor()
    expect(await pinned.getByRole('heading', { name: 'Bergen, Norway' }).count()).toBe(1)
    await free.close()
    await pinned.close()
  })

  it('opens a product over the view, and gives focus and address back', async () => {
    const deep = await open('/crypto/BTC-USD')
    await deep.getByRole('dialog', { name: /BTC/ }).waitFor()
    await eventually('the price in the title', async () => /^BTC [\d,.]+/.test(await deep.title()))
    await deep.keyboard.press('Escape')
    await eventually('the view', () => new URL(deep.url()).pathname === '/crypto')
    await deep.keyboard.press('?')
    await deep.getByRole('dialog', { name: 'Keys' }).waitFor()
    await deep.keyboard.press('Escape')
    await eventually('no window', async () => (await deep.getByRole('dialog').count()) === 0)
    await deep.close()
  })

  it('reads an hour of the weather out to keys, mouse and finger', async () => {
    const own = await open('/weather/oslo-no')
    const hours = own.getByRole('slider', { name: 'Hour of the forecast' })
    const readout = own.getByTestId('hour-readout')
    const read = /^\d\d:00 −?\d+° .*(rain|snow)/
    await hours.press('End')
    const last = await readout.textContent()
    expect(last).toMatch(read)
    await hours.press('ArrowLeft')
    expect(await readout.textContent()).not.toBe(last)
    expect(await hours.getAttribute('aria-valuetext')).toMatch(/^\d\d:00, −?\d+°, [A-Z]/)
    await hours.blur()
    expect(await readout.count()).toBe(0)
    await hours.hover()
    expect(await readout.textContent()).toMatch(read)
    await own.mouse.move(0, 0)
    expect(await readout.count()).toBe(0)
    await hours.dispatchEvent('pointerdown', { pointerType: 'touch', clientX: 1_000 })
    await hours.dispatchEvent('pointerleave', { pointerType: 'touch' })
    expect(await readout.textContent()).toMatch(read)
    await own.close()
  })

  it('lets a search go on while the first place is found', async () => {
    const fresh = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Oslo' })
    const first = await fresh.newPage()
    const { promise: found, resolve: find } = Promise.withResolvers<void>()
    await first.route('**/api/v1/places?zone=*', async (route) => {
      await found
      await route.continue()
    })
    await first.goto(`${stack.url}/weather`)
    await first.getByPlaceholder('Search a place').waitFor()
    await first.getByText(/^No place is known yet\./).waitFor()
    await first.keyboard.press('/')
    await first.keyboard.type('ber')
    find()
    await first.getByRole('heading', { name: 'Oslo, Norway' }).waitFor()
    await first.keyboard.type('gen')
    await first.getByRole('option', { name: /^Bergen/ }).waitFor()
    await fresh.close()
  })

  it('picks what was typed, not what is still listed for the letters before', async () => {
    const own = await open('/weather')
    await own.getByPlaceholder('Search a place').waitFor()
    await own.keyboard.press('/')
    await own.keyboard.type('par')
    await own.getByRole('option', { name: /^Paris/ }).waitFor()
    await own.keyboard.type('ma')
    await own.keyboard.press('Enter')
    await own.getByRole('heading', { name: 'Parma, Italy' }).waitFor()
    await own.close()
  })

  it('says in every panel of a first visit that there is no connection', async () => {
    const fresh = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const first = await fresh.newPage()
    await first.routeWebSocket(/socket\.io/, (socket) => socket.close())
    await first.goto(stack.url)
    await eventually('words in five panels', async () => {
      return (await first.getByText(/^Not connected\. The .* appear as soon as/).count()) === 5
    })
    await fresh.close()
  })

  describe('on one page', () => {
    let states: Page

    // In one frame, so that axe needs no page of its own to put results together.
    const faults = async (rules?: readonly string[]) => {
      await states.evaluate(showLateWords)
      const { violations } = await new AxeBuilder({ page: states })
        .setLegacyMode()
        .options({
          resultTypes: ['violations'],
          ...(rules && { runOnly: { type: 'rule', values: [...rules] } }),
        })
        .analyze()
      return violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)
    }

    beforeAll(async () => {
      states = await open('/states')
    })

    afterAll(() => states?.close())

    it.each([
      ...['Weather', 'Crypto', 'Product', 'Stocks', 'News', 'Watchlist', 'System', 'Connection'],
    ])('shows %s in every state without a fault that axe knows', async (title) => {
      await states.emulateMedia({ colorScheme: 'light' })
      await states.getByRole('tab', { name: title, exact: true }).click()
      await states.locator(`[data-shown="${title}-simulated"]`).waitFor()
      expect(await faults()).toEqual([])
      await states.emulateMedia({ colorScheme: 'dark' })
      expect(await faults(colourRules)).toEqual([])
    })
  })

  it('said nothing on its console all the while', () => {
    expect(complaints).toEqual([])
  })
})
