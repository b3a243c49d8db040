import type { Page } from 'playwright-core'

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** CPU time, in microseconds. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

const longMs = 50

const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`

/**
 * CPU time of every task of a page's main thread that took more than 50 ms of it while `during` ran, in milliseconds. What
 * interrupts the page on a busy machine is not counted, as it would be by the clock.
 */
export const longTasksIn = async (page: Page, during: () => Promise<void>): Promise<number[]> => {
  const browser = page.context().browser()
  await browser?.startTracing(page, { categories: ['toplevel'] })
  await during()
  const trace: unknown = JSON.parse(String(await browser?.stopTracing()))
  const events: readonly TraceEvent[] = Reflect.get(Object(trace), 'traceEvents')
  const main = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  )
  return events
    .filter(({ name }) => name === 'ThreadControllerImpl::RunTask')
    .filter((event) => main.has(threadOf(event)))
    .map(({ tdur = 0 }) => tdur / 1_000)
    .filter((ms) => ms > longMs)
}
