// Outlives its parent by a moment: when the pipe from the parent closes, however the parent ended,
// what the parent has written down here and not taken back is killed and removed.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const kept = {
  group: new Set<string>(),
  container: new Set<string>(),
  folder: new Set<string>(),
}

const isKind = (word: string | undefined): word is keyof typeof kept =>
  word === 'group' || word === 'container' || word === 'folder'

const note = (line: string): void => {
  const [verb, kind, ...rest] = line.split(' ')
  if (!isKind(kind)) return
  const name = rest.join(' ')
  if (verb === 'keep') kept[kind].add(name)
  if (verb === 'drop') kept[kind].delete(name)
}

const signalGroup = (group: string, signal: 'SIGKILL' | 0): boolean => {
  try {
    return process.kill(-Number(group), signal)
  } catch {
    return false
  }
}

const sweep = async (): Promise<void> => {
  for (const group of kept.group) signalGroup(group, 'SIGKILL')
  for (const name of kept.container) {
    try {
      execFileSync('docker', ['rm', '--force', '--volumes', name], { stdio: 'ignore' })
    } catch {
      // It is gone already, or so is the daemon: nothing more to do from here.
    }
  }
  // A killed process may still hold files for a moment; unreaped ones stay visible, so not for ever.
  for (let tries = 0; tries < 100 && [...kept.group].some((g) => signalGroup(g, 0)); tries += 1) {
    await sleep(10)
  }
  for (const folder of kept.folder) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
createInterface({ input: process.stdin }).on('line', note).on('close', sweep)
