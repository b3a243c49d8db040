import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a keeper looks after: a process group by its id, a container by its name, a folder by its path. */
type KeptKind = 'group' | 'container' | 'folder'

/** A process of its own that clears up when this one ends, even by SIGKILL. */
export interface Keeper {
  keep(kind: KeptKind, name: string | number): void
  drop(kind: KeptKind, name: string | number): void
  /** Lets the keeper clear up what is still kept, and waits until it has. */
  close(): Promise<void>
}

/** Starts a keeper. It costs one idle Node process and nothing else. */
export const createKeeper = (): Keeper => {
  // Detached: the terminal's Ctrl-C goes to a whole process group and must not reach it.
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('./keeper-main.ts', import.meta.url))],
    { detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
  )
  child.stdin.on('error', () => undefined)
  child.unref()
  return {
    keep: (kind, name) => void child.stdin.write(`keep ${kind} ${name}\n`),
    drop: (kind, name) => void child.stdin.write(`drop ${kind} ${name}\n`),
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exit = once(child, 'exit')
      child.ref()
      child.stdin.end()
      await exit
    },
  }
}
