import { buildPage } from '@flux/scripts/page'
import { type Stack, startStack } from '@flux/scripts/stack'
import { eventually } from '@flux/testkit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSleepyBrowser, type SleepyBrowser } from '../src/browser.ts'
import { type Cable, layCable } from '../src/page/cable.ts'
import { type CryptoView, cryptoView } from '../src/page/crypto.ts'
import { hidePage, installHide } from '../src/page/hide.ts'
import { readProbe, restartProbe } from '../src/page/probe.ts'
import { type Visit, visit } from '../src/page/visit.ts'

const second = 1_000
const figures = /^[\d,]+\.\d{2}$/

/** Lets time pass; the browser does what it does meanwhile. */
const pass = async (seconds: number) => {
  const end = Date.now() + seconds * second
  await eventually(`${seconds} s to pass`, () => Date.now() > end, (seconds + 5) * second)
}

describe('a page whose server, wire or machine goes away', () => {
  let stack: Stack
  let machine: SleepyBrowser
  let cable: Cable
  let visited: Visit
  let page: Page
  let crypto: CryptoView
  let rows: number

  /** What must hold after any outage: nothing was blank, the loss and the return were said once each. */
  const expectCalmReturn = async () => {
    const { announced, fewestRows, phases } = await readProbe(page)
    expect(fewestRows).toBeGreaterThanOrEqual(rows)
    expect(phases.filter((phase) => phase === 'offline')).toHaveLength(1)
    expect(phases.at(-1)).toBe('live')
    expect(announced).toHaveLength(2)
    expect(announced[0]).toMatch(/^Offline\. Values stay on screen/)
    expect(announced[1]).toMatch(/^Live/)
  }
  const outage = async (during: () => Promise<void>) => {
    await restartProbe(page)
    await during()
    await crypto.becomes('live')
    const words = await page.getByTestId('connection').textContent()
    expect(words).toMatch(/caught up [\d,]+ updates?|nothing missed|newest values/)
    await crypto.moves('prices after the outage')
    await eventually('fresh values', async () => (await crypto.isStale()) === 'false')
    await expectCalmReturn()
  }

  beforeAll(async () => {
    await buildPage(AbortSignal.timeout(60_000))
    ;[stack, machine] = await Promise.all([
      startStack({ env: { sandbox: { SANDBOX_RATE: '60' } } }),
      openSleepyBrowser(),
    ])
    cable = await layCable(stack.url)
    visited = await visit(machine.browser)
    page = visited.page
    await installHide(page)
    crypto = cryptoView(page)
    await page.goto(`${cable.url}/crypto`)
    await crypto.becomes('live')
    await page.getByTestId('price-BTC-USD').waitFor()
    await eventually('ten coins', async () => (await page.locator('tr[data-row]').count()) >= 10)
    rows = await page.locator('tr[data-row]').count()
  })

  afterAll(async () => {
    await machine?.close()
    await cable?.close()
    await stack?.close()
  })

  it('comes back when its socket is killed, and says what it caught up', async () => {
    await outage(async () => {
      cable.cut()
      await eventually('offline', async () => (await readProbe(page)).phases.includes('offline'))
      expect(await crypto.price()).toMatch(figures)
    })
  })

  it('comes back on the other replica when its own is killed', async () => {
    const replica = async () => {
      await page.getByRole('button', { name: /^Connection/ }).click()
      const name = await page.locator('dt:has-text("Replica") + dd').textContent()
      await page.keyboard.press('Escape')
      return name
    }
    const victim = await replica()
    const part = stack.bff.find(({ name }) => name === victim)
    await outage(async () => {
      await part?.kill('SIGKILL')
      await eventually('offline', async () => (await readProbe(page)).phases.includes('offline'))
    })
    expect(await replica()).not.toBe(victim)
    await part?.start()
  })

  it('counts the age of its values while the server is gone for 30 s', async () => {
    await outage(async () => {
      await stack.edge.kill('SIGKILL')
      await crypto.becomes('offline')
      const shown = await crypto.price()
      await eventually('stale', async () => (await crypto.isStale()) === 'true')
      const age = await crypto.age()
      await pass(20)
      expect((await crypto.age()) - age).toBeGreaterThanOrEqual(18)
      await pass(10)
      expect(await crypto.price()).toBe(shown)
      const words = await page.getByTestId('connection').textContent()
      expect(words).toMatch(/Offline since \d\d:\d\d, trying again/)
      await stack.edge.start()
    })
  })

  it('knows how old its values are when the machine wakes up, and catches up', async () => {
    await outage(async () => {
      machine.sleep()
      // Longer than the server waits for an answer to its ping.
      await pass(25)
      machine.wake()
      await eventually('offline', async () => (await readProbe(page)).phases.includes('offline'))
      expect(await crypto.price()).toMatch(figures)
    })
  })

  it('shows the newest values at once when its tab is looked at again', async () => {
    await restartProbe(page)
    await hidePage(page, true)
    await crypto.moves('prices of a hidden tab')
    await pass(15)
    await hidePage(page, false)
    expect(await crypto.isStale()).toBe('false')
    const { announced, fewestRows, phases } = await readProbe(page)
    expect({ announced, others: phases.filter((phase) => phase !== 'live') }).toEqual({
      ...{ announced: [], others: [] },
    })
    expect(fewestRows).toBeGreaterThanOrEqual(rows)
  })

  it('is right after an hour in which no timer ran, though its clock is an hour ahead', async () => {
    const { page: sleeper, context, complaints } = await visit(machine.browser)
    await sleeper.clock.install()
    await sleeper.goto(`${cable.url}/crypto`)
    const own = cryptoView(sleeper)
    await own.becomes('live')
    await own.moves('prices before')
    await sleeper.clock.fastForward('01:00:00')
    expect(await own.price()).toMatch(figures)
    await eventually('offline', async () => (await readProbe(sleeper)).phases.includes('offline'))
    await own.becomes('live')
    await own.moves('prices after')
    await eventually(
      'fresh by the clock of the server',
      async () => (await own.isStale()) === 'false',
    )
    const { fewestRows, announced } = await readProbe(sleeper)
    expect(fewestRows).toBeGreaterThan(0)
    expect(announced.filter((words) => words.startsWith('Offline'))).toHaveLength(1)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('said nothing on its console all the while', () => {
    expect(visited.complaints).toEqual([])
  })
})
