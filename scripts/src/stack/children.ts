import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StackError } from './error.ts'
import { createKeeper, type Keeper } from './keeper.ts'

/** What to run. */
export interface Command {
  readonly command: string
  readonly args: readonly string[]
  /** Added to this process's own environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
}

/** A running (or ended) process in a process group of its own, its output in a file. */
export interface Child {
  readonly pid: number
  readonly logFile: string
  running(): boolean
  /** Signals the whole group; with SIGKILL it waits for the end. Does nothing when it has ended. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** SIGTERM, and SIGKILL after `graceMs`; resolves when the process has ended. */
  stop(graceMs: number): Promise<void>
}

/** Starts processes of which none outlives this one. */
export interface Children {
  /** Temporary folder of this family: logs in `logs/`; gone after `close`. */
  readonly folder: string
  readonly keeper: Keeper
  logFile(name: string): string
  /** Throws StackError `spawn_failed` when the command cannot be run. */
  spawn(name: string, command: Command): Promise<Child>
  /** Kills what is left and removes the folder. */
  close(): Promise<void>
}

const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal)
  } catch {
    // No such group: it has ended, which is what a signal could have led to at most.
  }
}

const asChild = (child: ChildProcess, pid: number, logFile: string): Child => {
  const running = () => child.exitCode === null && child.signalCode === null
  const ended = async () => {
    if (running()) await once(child, 'exit')
  }
  const kill = async (signal: NodeJS.Signals) => {
    if (!running()) return
    signalGroup(pid, signal)
    if (signal === 'SIGKILL') await ended()
  }
  const stop = async (graceMs: number) => {
    if (!running()) return
    signalGroup(pid, 'SIGTERM')
    signalGroup(pid, 'SIGCONT') // one that is paused would never see the SIGTERM
    const grace = new AbortController()
    const late = sleep(graceMs, 'late' as const, { signal: grace.signal }).catch(() => 'ended')
    if ((await Promise.race([ended(), late])) === 'late') await kill('SIGKILL')
    grace.abort()
  }
  return { pid, logFile, running, kill, stop }
}

const spawnInto = async (logFile: string, command: Command): Promise<ChildProcess> => {
  const output = openSync(logFile, 'a')
  const child = spawn(command.command, command.args, {
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, ...command.env },
    ...(command.cwd && { cwd: command.cwd }),
  })
  closeSync(output)
  if (child.pid !== undefined) return child
  const [error] = await once(child, 'error')
  throw new StackError('spawn_failed', `cannot run ${command.command}: ${String(error)}`)
}

/** Makes a family of processes with a temporary folder and a keeper. */
export const createChildren = async (prefix = 'flux-'): Promise<Children> => {
  const keeper = createKeeper()
  const folder = await mkdtemp(join(tmpdir(), prefix))
  keeper.keep('folder', folder)
  mkdirSync(join(folder, 'logs'))
  const alive = new Set<Child>()
  const logFile = (name: string) => join(folder, 'logs', `${name}.log`)
  return {
    folder,
    keeper,
    logFile,
    spawn: async (name, command) => {
      const spawned = await spawnInto(logFile(name), command)
      const child = asChild(spawned, Number(spawned.pid), logFile(name))
      keeper.keep('group', child.pid)
      alive.add(child)
      spawned.once('exit', () => {
        signalGroup(child.pid, 'SIGKILL') // what it may have started and left behind
        keeper.drop('group', child.pid)
        alive.delete(child)
      })
      return child
    },
    close: async () => {
      await Promise.all([...alive].map((child) => child.kill('SIGKILL')))
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
      await keeper.close()
    },
  }
}

/** The last lines of a log file, for a message that must say why. */
export const tailOf = (logFile: string, lines = 15): string => {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
  } catch {
    return '(no output)'
  }
}
