import type { CDPSession, Page } from 'playwright-core'

/** What a page has used since it was opened. */
interface Use {
  /** Time on the browser's clock, in seconds. */
  readonly atS: number
  /** CPU time in scripts, in seconds. */
  readonly scriptS: number
  /** CPU time of the page's main thread in all tasks, in seconds. */
  readonly taskS: number
  /** Elements and texts that are held. */
  readonly nodes: number
  readonly listeners: number
}

/** Measures a page. */
export interface Meter {
  use(): Promise<Use>
  /** Bytes of the heap that are in use after a full collection. */
  heap(): Promise<number>
}

const metricsOf = async (session: CDPSession): Promise<Map<string, number>> => {
  const { metrics } = await session.send('Performance.getMetrics')
  return new Map(metrics.map(({ name, value }) => [name, value]))
}

/** A meter of a page's main thread; times are CPU times, so that what else the machine does is not counted. */
export const meter = async (page: Page): Promise<Meter> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    use: async () => {
      const metrics = await metricsOf(session)
      const of = (name: string) => metrics.get(name) ?? 0
      return {
        ...{ atS: performance.now() / 1_000, scriptS: of('ScriptDuration') },
        ...{ taskS: of('TaskDuration'), nodes: of('Nodes'), listeners: of('JSEventListeners') },
      }
    },
    heap: async () => {
      // A second one takes what the first one's finalizers set free.
      for (const _ of [1, 2]) await session.send('HeapProfiler.collectGarbage')
      return (await session.send('Runtime.getHeapUsage')).usedSize
    },
  }
}
