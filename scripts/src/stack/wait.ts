import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { StackError } from './error.ts'

/** How long and for what `until` waits. */
export interface Wait {
  /** Completes the sentence "waited for …". */
  readonly what: string
  readonly deadlineMs: number
  /** Pause between two checks; 20 ms by default. */
  readonly everyMs?: number
}

/** Waits until the check holds. Throws StackError `not_in_time`, or what the check throws. */
export const until = async (check: () => Promise<boolean> | boolean, wait: Wait): Promise<void> => {
  const end = performance.now() + wait.deadlineMs
  while (!(await check())) {
    if (performance.now() > end) {
      throw new StackError('not_in_time', `waited ${wait.deadlineMs} ms for ${wait.what}, in vain`)
    }
    await sleep(wait.everyMs ?? 20)
  }
}

/** Whether something accepts TCP connections on this port of the loopback. */
export const tcpOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 500 })
    const done = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', () => done(true))
    socket.once('error', () => done(false))
    socket.once('timeout', () => done(false))
  })

/** Whether a GET of this address is answered with 2xx within a second. */
export const httpOk = async (url: string): Promise<boolean> => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(1000) })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}
