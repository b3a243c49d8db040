import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { systemClock } from '@flux/runtime'
import { createLatencies, type LatencySummary } from './histogram.ts'

const ticksPerSecond = 100

/** CPU time that a process has used so far, in seconds (proc(5), `stat`). */
export const cpuSecondsIn = (stat: string): number => {
  // The name of the program, in parentheses, may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** CPU time that a process has used so far, in seconds. */
export const cpuSecondsOf = (pid: number): number =>
  cpuSecondsIn(readFileSync(`/proc/${pid}/stat`, 'utf8'))

/** Resident memory of a process, in MiB. */
export const rssMibOf = (pid: number): number => {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kib ?? 0) / 1_024
}

/** Watches how long a server takes to answer a trivial request: the delay of its event loop as others feel it. */
export interface Probe {
  mark(): void
  read(): LatencySummary
  stop(): void
}

const probeEveryMs = 50
const longestMs = 30_000

/** Asks `url` every 50 ms, whether the one before was answered or not. */
export const probe = (url: string): Probe => {
  const latencies = createLatencies()
  const ask = () => {
    const askedAt = performance.now()
    const done = () => latencies.record((performance.now() - askedAt) * 1_000)
    const asked = request(url, { timeout: longestMs }, (answer) => {
      answer.resume()
      answer.once('end', done)
    })
    asked.once('error', done)
    asked.once('timeout', () => asked.destroy())
    asked.end()
  }
  const stop = systemClock.every(probeEveryMs, ask)
  return { mark: latencies.reset, read: latencies.summary, stop }
}

/** Total and idle time of all cores so far, in ticks (proc(5), `/proc/stat`). */
export const machineTicks = (): { readonly total: number; readonly idle: number } => {
  const line = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? ''
  const fields = line.split(/\s+/).slice(1, 9).map(Number)
  const total = fields.reduce((sum, n) => sum + n, 0)
  return { total, idle: (fields[3] ?? 0) + (fields[4] ?? 0) }
}
