import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import type { Target } from './stack/prometheus.ts'

const file = fileURLToPath(new URL('../../.flux/demo.json', import.meta.url))

const note = z.object({
  pid: z.int(),
  url: z.string(),
  targets: z.array(z.object({ job: z.string(), replica: z.string(), internalUrl: z.string() })),
})

/** The demo that runs in this checkout: its process, its page, and what can be scraped. */
export type RunningDemo = z.infer<typeof note>

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Leaves word of this process's demo for other commands; returns how to take it back. */
export const announceDemo = (url: string, targets: readonly Target[]): (() => void) => {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify({ pid: process.pid, url, targets }))
  return () => rmSync(file, { force: true })
}

/** The demo that was announced last and still runs. */
export const runningDemo = (): RunningDemo | undefined => {
  try {
    const demo = note.parse(JSON.parse(readFileSync(file, 'utf8')))
    return isAlive(demo.pid) ? demo : undefined
  } catch {
    return undefined
  }
}
