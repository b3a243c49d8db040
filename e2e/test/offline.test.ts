import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildPage } from '@flux/scripts/page'
import { type Stack, startStack } from '@flux/scripts/stack'
import { eventually } from '@flux/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../src/browser.ts'
import { isBrokenSocket, listenTo } from '../src/console.ts'

const dist = fileURLToPath(new URL('../../frontend/dist/', import.meta.url))
const nextVersion = 'the-next-version'

describe('the page over visits', () => {
  let folder = ''
  let stack: Stack
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const complaints: string[] = []

  const price = (of = page) => of.getByTestId('price-BTC-USD').textContent()
  const phase = () => page.getByTestId('connection').getAttribute('data-phase')
  const isStale = () => page.getByTestId('row-BTC-USD').getAttribute('data-stale')
  const footer = async () =>
    (await page.locator('[data-state]', { has: page.getByTestId('row-BTC-USD') }).textContent()) ??
    ''
  const version = (of: Page) =>
    of.locator('meta[name="flux-build"]').getAttribute('content', { timeout: 10_000 })
  const updateBar = (of: Page) => of.getByRole('complementary', { name: 'Update' })
  /** True while the document is the one that was marked. */
  const mark = (of: Page) => of.evaluate('globalThis.fluxMarked = true')
  const isMarked = (of: Page) => of.evaluate('globalThis.fluxMarked === true')

  const open = async () => {
    const opened = await context.newPage()
    // What cannot be loaded, and sockets that break, are what is done here on purpose.
    listenTo(
      opened,
      complaints,
      (said) => isBrokenSocket(said) || /Failed to load/.test(said.text()),
    )
    await opened.goto(stack.url)
    return opened
  }
  /** Another build, which differs from this one by its version alone. */
  const deploy = async () => {
    const before = await version(page)
    for (const name of ['index.html', 'sw.js']) {
      const file = join(folder, name)
      const text = await readFile(file, 'utf8')
      expect(text).toContain(before)
      await writeFile(file, text.replaceAll(String(before), nextVersion))
    }
  }

  beforeAll(async () => {
    await buildPage(AbortSignal.timeout(60_000))
    folder = await mkdtemp(join(tmpdir(), 'flux-page-'))
    await cp(dist, folder, { recursive: true })
    ;[stack, browser] = await Promise.all([
      startStack({ bff: 1, page: folder, services: { weather: 1, crypto: 1 } }),
      openBrowser(),
    ])
    context = await browser.newContext({
      ...{ viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Oslo' },
    })
    page = await open()
  })

  afterAll(async () => {
    await browser?.close()
    await stack?.close()
    if (folder !== '') await rm(folder, { recursive: true })
  })

  it('can be installed, and keeps its own files and nothing of the server', async () => {
    await eventually('live', async () => (await phase()) === 'live')
    await eventually('the worker', () => page.evaluate('!!navigator.serviceWorker.controller'))
    const kept: unknown = await page.evaluate(`(async () => {
      const names = await caches.keys()
      const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
      return all.flat().map(({ url }) => new URL(url).pathname)
    })()`)
    expect(kept).toContain('/index.html')
    expect(kept).not.toContain('/config.json')
    expect(String(kept)).not.toMatch(/api|socket/)
    const session = await context.newCDPSession(page)
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
    // A test's windows are private ones, which is the one thing that is in the way.
    expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito'])
  })

  it('opens without its server, with the last values and their age', async () => {
    await page.getByRole('heading', { name: 'Oslo, Norway' }).waitFor()
    await eventually('kept values', () =>
      page.evaluate(`/BTC-USD.*oslo-no|oslo-no.*BTC-USD/.test(localStorage['flux.last'] ?? '')`),
    )
    await stack.edge.kill('SIGKILL')
    await page.reload()
    await page.getByTestId('price-BTC-USD').waitFor()
    await page.getByRole('heading', { name: 'Oslo, Norway' }).waitFor()
    expect(await price()).toMatch(/^[\d,]+\.\d{2}$/)
    expect(await isStale()).toBe('true')
    await eventually('offline', async () => (await phase()) === 'offline')
    expect(await footer()).toMatch(/as of \d\d:\d\d:\d\d/)
    await eventually('an age', async () => /as of [\d:]+, .+ old/.test(await footer()), 60_000)
  })

  it('is live by itself when the server is back, with no value older than what is shown', async () => {
    const shown = await price()
    await stack.edge.start()
    await eventually('live', async () => (await phase()) === 'live', 40_000)
    await eventually('fresh', async () => (await isStale()) === 'false')
    await eventually('a price that moves', async () => (await price()) !== shown)
  })

  it('asks before it becomes a newer version, and leaves other tabs alone', async () => {
    const other = await open()
    await eventually('a price in the other tab', async () => (await price(other)) !== null)
    await Promise.all([mark(page), mark(other)])
    await deploy()
    await page.evaluate('navigator.serviceWorker.ready.then((one) => one.update())')
    await updateBar(page).getByText('A new version is there.').waitFor()
    expect(await isMarked(page)).toBe(true)
    await updateBar(other).getByRole('button', { name: 'Later' }).click()
    await updateBar(page).getByRole('button', { name: 'Load it' }).click()
    await eventually('the new version', async () => (await version(page)) === nextVersion)
    expect(await isMarked(page)).toBe(false)
    await updateBar(other).getByText('Your other tab runs a newer version').waitFor()
    expect(await isMarked(other)).toBe(true)
    await updateBar(other).getByRole('button', { name: 'Load it' }).click()
    await eventually('the new version', async () => (await version(other)) === nextVersion)
    expect(await updateBar(page).count()).toBe(0)
    await other.close()
  })

  it('follows what its operators have chosen, without another build', async () => {
    await writeFile(join(folder, 'config.json'), '{"pictures":false,"title":"Flux staging"}')
    await page.reload()
    await eventually('the title', async () => (await page.title()).endsWith('Flux staging'))
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Leave out', pressed: true }).waitFor()
    await page.keyboard.press('Escape')
  })

  it('said nothing on its console all the while', () => {
    expect(complaints).toEqual([])
  })
})
