import { createRequire } from 'node:module'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fixRequestQueueTimer } from './request-queue-timer.ts'

interface Queue {
  pending: unknown[]
  throttledUntil: number
  checkPendingRequests(): void
  maybeThrottle(ms: number): void
}

const makeQueue = (): Queue => {
  const Made: new (options: object) => Queue = createRequire(import.meta.url)(
    'kafkajs/src/network/requestQueue',
  )
  const silent = () => undefined
  return new Made({
    maxInFlightRequests: null,
    requestTimeout: 1000,
    enforceRequestTimeout: false,
    clientId: 'c',
    broker: 'b',
    logger: { debug: silent, warn: silent },
  })
}
const request = () => ({ send: vi.fn(), expectResponse: true, pendingDuration: 0 })

describe('fixRequestQueueTimer', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    fixRequestQueueTimer()
  })
  afterEach(() => vi.useRealTimers())

  it('sets no timer when nothing waits', () => {
    const queue = makeQueue()
    // What kafkajs does after every response.
    for (let n = 0; n < 10; n += 1) queue.checkPendingRequests()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('sets one timer while the broker throttles, and sends when that is over', () => {
    const queue = makeQueue()
    queue.maybeThrottle(500)
    const waiting = request()
    queue.pending.push(waiting)
    for (let n = 0; n < 10; n += 1) queue.checkPendingRequests()
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(490)
    expect(waiting.send).not.toHaveBeenCalled()
    vi.advanceTimersByTime(20)
    expect(waiting.send).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
  })
})
