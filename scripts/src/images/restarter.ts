import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type FSWatcher, readdirSync, watch } from 'node:fs'
import { join } from 'node:path'

/** A program that is started again after every change below some folders. */
export interface RestarterOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly folders: readonly string[]
  /** Milliseconds of quiet after a change, so that one synchronisation is one restart. */
  readonly settleMs: number
  /** Milliseconds that the program may take to end before it is killed. */
  readonly graceMs: number
  /** Milliseconds after which a program that ended by itself is started again, changed or not. */
  readonly againMs: number
  say(line: string): void
}

/** A running restarter. */
export interface Restarter {
  /** Ends the program with a signal and gives its exit code; nothing is started again. */
  close(signal: NodeJS.Signals): Promise<number>
}

const foldersBelow = (folder: string): readonly string[] => [
  folder,
  ...readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name)),
]

/** Watches folders and not files: a file that is replaced takes its watch with it, which is why `node --watch` sees only the first. */
const watchFolders = (roots: readonly string[], changed: (file: string) => void) => {
  const watchers = new Map<string, FSWatcher>()
  const forget = (folder: string) => {
    watchers.get(folder)?.close()
    watchers.delete(folder)
  }
  const add = (folder: string) => {
    if (watchers.has(folder)) return
    const watcher = watch(folder, (_, name) => {
      look()
      changed(join(folder, name ?? ''))
    })
    watchers.set(folder, watcher)
    watcher.on('error', () => forget(folder))
  }
  const look = () => {
    const there = new Set(roots.flatMap(foldersBelow))
    for (const folder of watchers.keys()) if (!there.has(folder)) forget(folder)
    for (const folder of there) add(folder)
  }
  look()
  return () => [...watchers.keys()].forEach(forget)
}

const end = async (child: ChildProcess, signal: NodeJS.Signals, graceMs: number) => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  const late = setTimeout(() => child.kill('SIGKILL'), graceMs)
  child.kill(signal)
  await exited
  clearTimeout(late)
}

/** Starts the program and watches the folders, new ones inside them too. */
export const startRestarter = (options: RestarterOptions): Restarter => {
  const { command, args, settleMs, graceMs, againMs, say } = options
  let closing = false
  let settling: NodeJS.Timeout | undefined
  const start = (): ChildProcess => {
    const started = spawn(command, [...args], { stdio: 'inherit' })
    started.once('exit', (code, signal) => {
      if (closing || child !== started || restarting) return
      say(`ended with ${code ?? signal}; started again after a change or in ${againMs} ms`)
      settle(againMs)
    })
    return started
  }
  const restart = async () => {
    restarting = true
    if (changed.size > 0) say(`${[...changed].join(', ')} changed`)
    changed.clear()
    await end(child, 'SIGTERM', graceMs)
    restarting = false
    if (!closing) child = start()
  }
  const settle = (ms: number) => {
    clearTimeout(settling)
    if (!closing) settling = setTimeout(() => void (restarting ? settle(ms) : restart()), ms)
  }
  const changed = new Set<string>()
  let restarting = false
  let child = start()
  const stopWatching = watchFolders(options.folders, (file) => {
    changed.add(file)
    settle(settleMs)
  })
  return {
    close: async (signal) => {
      closing = true
      clearTimeout(settling)
      stopWatching()
      await end(child, signal, graceMs)
      return child.exitCode ?? 1
    },
  }
}
