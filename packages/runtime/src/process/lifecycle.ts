import type { Clock } from '../clock.ts'
import type { Log } from '../telemetry/log.ts'

/** Undoes an opening. */
export type Close = () => Promise<void> | void

/** What a process has opened, and its end. */
export interface Lifecycle {
  /** Aborted when closing begins. */
  readonly signal: AbortSignal
  /** Registers what undoes an opening that has just been done; called at once when all is closed already. */
  onClose(name: string, close: Close): void
  /**
   * Closes in reverse order of opening, once: later calls get the first one's result. True when everything was closed
   * without an error before the deadline; never rejects.
   */
  close(reason: string): Promise<boolean>
}

/** Makes the lifecycle of a process; `deadlineMs` is for closing everything together. */
export const createLifecycle = (options: {
  readonly clock: Clock
  readonly log: Log
  readonly deadlineMs: number
}): Lifecycle => {
  const { clock, log, deadlineMs } = options
  const controller = new AbortController()
  const open: { readonly name: string; readonly close: Close }[] = []
  let current: string | undefined
  let clean = true
  let finished = false
  let closing: Promise<boolean> | undefined

  const closeOne = async (name: string, close: Close) => {
    current = name
    try {
      await close()
    } catch (err) {
      clean = false
      log.error({ err, part: name }, 'closing failed')
    }
  }

  const closeAll = async () => {
    for (let next = open.pop(); next; next = open.pop()) await closeOne(next.name, next.close)
    finished = true
    return 'closed' as const
  }

  const closeInTime = async (): Promise<boolean> => {
    const done = new AbortController()
    const late = clock.sleep(deadlineMs, done.signal).then(
      () => 'late' as const,
      () => 'closed' as const,
    )
    const result = await Promise.race([closeAll(), late])
    done.abort()
    if (result === 'closed') return clean
    const waiting = open.map((part) => part.name)
    log.error({ deadlineMs, part: current, waiting }, 'closing took too long')
    return false
  }

  return {
    signal: controller.signal,
    onClose: (name, close) => {
      if (finished) void closeOne(name, close)
      else open.push({ name, close })
    },
    close: (reason) => {
      if (!closing) {
        controller.abort(new DOMException(reason, 'AbortError'))
        closing = closeInTime()
      }
      return closing
    },
  }
}
