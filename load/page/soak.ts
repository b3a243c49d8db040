// npm run soak:page: 50 products at 4 values a second on the overview, for MINUTES (10). Ends with 1 when the page needs
// more than it may.

import { constants, setPriority } from 'node:os'
import { openBrowser } from '@flux/e2e/browser'
import { installCommits, readCommits } from '@flux/e2e/page/commits'
import { longTasksIn } from '@flux/e2e/page/tasks'
import { type Meter, meter } from '@flux/e2e/page/use'
import { timeValues } from '@flux/e2e/page/values'
import { visit } from '@flux/e2e/page/visit'
import { buildPage } from '@flux/scripts/page'
import { type Stack, serviceNames, startStack, until } from '@flux/scripts/stack'
import { products } from './products.ts'
import { faultsOf, headLine, heapGrowth, type Rates, type Sample, sampleLine } from './samples.ts'

type Browser = Awaited<ReturnType<typeof openBrowser>>
type Page = Awaited<ReturnType<typeof visit>>['page']

const minutes = Number(process.env['MINUTES'] ?? 10)
/** Trades per second over all products; those of one are as many as it is traded in the world. */
const rate = process.env['SANDBOX_RATE'] ?? '1000'
const everyMs = 20_000
const tracedMs = 10_000

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const pass = (ms: number): Promise<void> => {
  const end = performance.now() + ms
  return until(() => performance.now() > end, {
    ...{ what: 'time to pass', deadlineMs: ms + 10_000, everyMs: 100 },
  })
}

const start = async (): Promise<Stack> => {
  const stack = await startStack({
    services: Object.fromEntries(serviceNames.map((name) => [name, 1])),
    bff: 1,
    env: {
      sandbox: { SANDBOX_RATE: rate },
      crypto: { CRYPTO_PRODUCTS: products.join(',') },
    },
  })
  // The page is what is measured: the stack that feeds it on the same cores must not be what interrupts it.
  for (const { pid } of stack.parts) if (pid) setPriority(pid, constants.priority.PRIORITY_LOW)
  return stack
}

const watched = async (browser: Browser) => {
  const { page, context } = await visit(browser)
  return { page, context, values: timeValues(page) }
}

const loaded = async (page: Page, url: string): Promise<void> => {
  await page.goto(url)
  const all = async () => (await page.locator('tr[data-row][data-stale="false"]').count()) >= 45
  await until(all, { what: 'the products', deadlineMs: 120_000, everyMs: 500 })
  await page.getByTestId('story').first().waitFor({ timeout: 60_000 })
  await pass(15_000)
}

/** React's work in 20 s; in a page of its own, since counting it costs time too. */
const ratesOf = async (browser: Browser, url: string): Promise<Rates> => {
  const { page, context, values } = await watched(browser)
  await installCommits(page)
  await loaded(page, url)
  const [before, told, from] = [await readCommits(page), values.length, performance.now()]
  await pass(20_000)
  const after = await readCommits(page)
  const seconds = (performance.now() - from) / 1_000
  const rates = {
    commits: (after.commits - before.commits) / seconds,
    rows: after.rows - before.rows,
    values: values.length - told,
  }
  await context.close()
  return rates
}

interface Look {
  readonly measured: Meter
  readonly values: readonly number[]
}

const look = async ({ measured, values }: Look) => ({
  use: await measured.use(),
  told: values.length,
})

const sampleBetween = (
  before: Awaited<ReturnType<typeof look>>,
  after: Awaited<ReturnType<typeof look>>,
): Omit<Sample, 'minute' | 'longTasks' | 'heapMb'> => {
  const seconds = after.use.atS - before.use.atS
  return {
    valuesPerS: (after.told - before.told) / seconds,
    script: ((after.use.scriptS - before.use.scriptS) / seconds) * 100,
    mainThread: ((after.use.taskS - before.use.taskS) / seconds) * 100,
    ...{ nodes: after.use.nodes, listeners: after.use.listeners },
  }
}

const soak = async (browser: Browser, url: string): Promise<Sample[]> => {
  const { page, values } = await watched(browser)
  await loaded(page, url)
  const looked = { values, measured: await meter(page) }
  const samples: Sample[] = []
  print(headLine())
  const from = performance.now()
  while (performance.now() - from < minutes * 60_000) {
    // The collection is outside of what is measured: it is the test's and not the page's.
    const before = await look(looked)
    await pass(everyMs)
    const between = sampleBetween(before, await look(looked))
    // Tracing has a cost, so long tasks are looked for when nothing else is measured.
    const long = await longTasksIn(page, () => pass(tracedMs))
    const minute = (performance.now() - from) / 60_000
    const heapMb = (await looked.measured.heap()) / 1e6
    const sample = { ...between, minute, heapMb, longTasks: long.length }
    samples.push(sample)
    print(sampleLine(sample))
  }
  return samples
}

const main = async (): Promise<readonly string[]> => {
  print(`the page is ${await buildPage()}`)
  const stack = await start()
  try {
    const browser = await openBrowser()
    try {
      const rates = await ratesOf(browser, stack.url)
      print(
        `in 20 s: ${rates.values} values, ${rates.rows} rows rendered, ${rates.commits.toFixed(1)} commits a second`,
      )
      const samples = await soak(browser, stack.url)
      print(`the heap grew by ${heapGrowth(samples).toFixed(1)} %`)
      return faultsOf(samples, rates)
    } finally {
      await browser.close()
    }
  } finally {
    await stack.close()
  }
}

const faults = await main()
for (const fault of faults) print(`not good enough: ${fault}`)
process.exit(faults.length > 0 ? 1 : 0)
