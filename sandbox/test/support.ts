import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '@flux/runtime'
import { WebSocket } from 'ws'
import { type Sandbox, type SandboxOptions, startSandbox } from '../src/index.ts'

/** 2026-01-01T00:00:00Z: where the markets of these tests begin. */
export const startAt = 1_767_225_600_000

interface Timer {
  at: number
  run(): void
}

/** A clock that moves only by `advance`, timer by timer. */
export const manualClock = () => {
  let elapsed = 0
  const timers = new Set<Timer>()
  const after = (ms: number, run: () => void) => {
    const timer = { at: elapsed + ms, run }
    timers.add(timer)
    return () => void timers.delete(timer)
  }
  const every = (ms: number, fn: () => void) => {
    let cancel = () => {}
    const again = () => {
      fn()
      cancel = after(ms, again)
    }
    cancel = after(ms, again)
    return () => cancel()
  }
  const sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const cancel = after(ms, resolve)
      signal?.addEventListener('abort', () => {
        cancel()
        reject(signal.reason)
      })
    })
  const next = (until: number) =>
    [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
  const clock: Clock = {
    now: () => startAt + elapsed,
    monotonic: () => elapsed,
    ...{ after, every, sleep },
  }
  return {
    ...clock,
    pending: () => timers.size,
    advance: async (ms: number) => {
      const until = elapsed + ms
      for (let timer = next(until); timer; timer = next(until)) {
        timers.delete(timer)
        elapsed = Math.max(elapsed, timer.at)
        timer.run()
        await turn()
      }
      elapsed = until
    },
  }
}

/** Waits for a condition, turn by turn of the event loop. */
export const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await turn()
}

/** A client of a stream that keeps every frame it got. */
export const connect = async (sandbox: Pick<Sandbox, 'port'>, path = '/coinbase/ws') => {
  const ws = new WebSocket(`ws://127.0.0.1:${sandbox.port}${path}`)
  const frames: string[] = []
  const closed: { code?: number } = {}
  ws.on('message', (data) => frames.push(String(data)))
  ws.on('close', (code) => {
    closed.code = code
  })
  await new Promise((resolve, reject) => {
    ws.once('open', resolve)
    ws.once('error', reject)
  })
  const received = (count: number) => until(() => frames.length >= count)
  const parsed = () => frames.map((frame) => JSON.parse(frame))
  return {
    ...{ ws, frames, received, parsed },
    send: (message: unknown) => ws.send(JSON.stringify(message)),
    /** Everything received since the last call, once `count` frames are there. */
    take: async (count: number) => {
      await received(count)
      return frames.splice(0).map((frame) => JSON.parse(frame))
    },
    closed: async () => {
      await until(() => closed.code !== undefined)
      return closed.code
    },
  }
}

/** Subscribes and gives what came first: the echo and one last trade per channel with history. */
export const subscribe = async (
  client: Awaited<ReturnType<typeof connect>>,
  options: { products: string[]; channels: unknown[]; expect: number },
) => {
  const { products, channels, expect } = options
  client.send({ type: 'subscribe', product_ids: products, channels })
  return client.take(expect)
}

/** Starts a market that stands still unless stepped. */
export const startManual = (options: SandboxOptions = {}) =>
  startSandbox({ manual: true, startAt, clock: manualClock(), ...options })

/** One JSON request. */
export const request = async (sandbox: Sandbox, path: string, init?: RequestInit) => {
  const response = await fetch(sandbox.url + path, init)
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) }
}

/** One request of the control API. */
export const control = (
  sandbox: Sandbox,
  method: string,
  options: { path: string; body?: unknown },
) =>
  request(sandbox, `/control${options.path}`, {
    method,
    ...(options.body !== undefined && {
      body: JSON.stringify(options.body),
      headers: { 'content-type': 'application/json' },
    }),
  })
