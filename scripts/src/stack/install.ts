import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { hasCode, StackError } from './error.ts'

const execute = promisify(execFile)

/** Where installed servers are kept between runs. */
export const cacheFolder = (env: NodeJS.ProcessEnv): string =>
  join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'flux')

/** Runs a program to its end and gives what it printed. Throws StackError `command_failed` with its output. */
export const run = async (
  command: string,
  args: readonly string[],
  options: {
    readonly cwd?: string
    readonly signal?: AbortSignal
    readonly env?: NodeJS.ProcessEnv
  } = {},
): Promise<string> => {
  try {
    const { stdout, stderr } = await execute(command, [...args], {
      maxBuffer: 16 << 20,
      ...options,
    })
    return stdout + stderr
  } catch (error) {
    const told = error instanceof Error && 'stdout' in error && 'stderr' in error
    const output = told ? `${error.stdout}${error.stderr}` : String(error)
    throw new StackError('command_failed', `${command} ${args.join(' ')} failed:\n${output}`)
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}

// A lock only saves work: the rename at the end is what keeps two installers apart.
const isStale = async (lock: string): Promise<boolean> => {
  try {
    const [pid, { mtimeMs }] = [Number(await readFile(lock, 'utf8')), await stat(lock)]
    return (pid > 0 && !isAlive(pid)) || Date.now() - mtimeMs > 600_000
  } catch {
    return false
  }
}

const withLock = async (lock: string, work: () => Promise<void>): Promise<void> => {
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error
      if (await isStale(lock)) await rm(lock, { force: true })
      else await sleep(100)
    }
  }
  try {
    await work()
  } finally {
    await rm(lock, { force: true })
  }
}

const removeLeftovers = async (target: string): Promise<void> => {
  const leftovers = (await readdir(dirname(target))).filter((name) =>
    name.startsWith(`${basename(target)}.part-`),
  )
  for (const name of leftovers) await rm(join(dirname(target), name), { recursive: true })
}

/**
 * Builds a folder once and for all processes: it is there whole or not at all, whoever is
 * interrupted. `build` fills the folder it is given; the result is `target`.
 */
export const installOnce = async (
  target: string,
  build: (folder: string) => Promise<void>,
): Promise<string> => {
  if (existsSync(target)) return target
  await mkdir(dirname(target), { recursive: true })
  await withLock(`${target}.lock`, async () => {
    if (existsSync(target)) return
    await removeLeftovers(target)
    const folder = await mkdtemp(`${target}.part-`)
    try {
      await build(folder)
      await rename(folder, target)
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      if (!existsSync(target)) throw error
    }
  })
  return target
}
