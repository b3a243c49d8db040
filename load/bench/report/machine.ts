import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, release, totalmem, type } from 'node:os'
import * as z from 'zod'

/** What a measurement was made on. */
export const machine = z.object({
  cpu: z.string(),
  cores: z.number(),
  memoryGib: z.number(),
  kernel: z.string(),
  node: z.string(),
  /** Exact versions of what is measured. */
  versions: z.record(z.string(), z.string()),
  /** Commit, with a plus sign when files differ from it. */
  commit: z.string(),
})

/** What a measurement was made on. */
export type Machine = z.infer<typeof machine>

const require = createRequire(import.meta.url)

const versionOf = (name: string): string => {
  const found = require.resolve.paths(name)?.flatMap((folder) => {
    try {
      return [String(JSON.parse(readFileSync(`${folder}/${name}/package.json`, 'utf8')).version)]
    } catch {
      return []
    }
  })
  return found?.[0] ?? 'unknown'
}

const git = (...args: string[]): string => {
  try {
    return execFileSync('git', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return ''
  }
}

const measured = ['socket.io', 'engine.io', 'ws', '@socket.io/redis-adapter', 'kafkajs', 'ioredis']

/** Describes this machine and checkout. */
export const describeMachine = (): Machine => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGib: Math.round(totalmem() / 2 ** 30),
  kernel: `${type()} ${release()}`,
  node: process.version,
  versions: Object.fromEntries(measured.map((name) => [name, versionOf(name)])),
  commit: `${git('rev-parse', '--short', 'HEAD') || 'unknown'}${git('status', '--porcelain') ? '+' : ''}`,
})
