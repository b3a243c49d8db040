import { monitorEventLoopDelay } from 'node:perf_hooks'
import * as z from 'zod'

/** What a process of the load generator itself spent since the last `mark`. */
export const effort = z.object({
  seconds: z.number(),
  /** CPU time by wall time: 1 is a whole core. */
  cpuShare: z.number(),
  /** 99th percentile of the event loop's delay, milliseconds. */
  lagP99Ms: z.number(),
})

/** What a process of the load generator itself spent. */
export type Effort = z.infer<typeof effort>

const resolutionMs = 10

/** Watches this process. */
export const watchEffort = () => {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  let cpu = process.cpuUsage()
  let since = performance.now()
  return {
    mark: () => {
      cpu = process.cpuUsage()
      since = performance.now()
      delay.reset()
    },
    read: (): Effort => {
      const { user, system } = process.cpuUsage(cpu)
      const ms = performance.now() - since
      const lag = delay.percentile(99) / 1e6 - resolutionMs
      return {
        seconds: ms / 1_000,
        cpuShare: (user + system) / 1_000 / ms,
        lagP99Ms: Number.isFinite(lag) ? Math.max(0, lag) : 0,
      }
    },
  }
}
