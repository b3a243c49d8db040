import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { isGone } from '../src/stack/process-table.ts'
import { until } from '../src/stack/wait.ts'

interface Family {
  readonly folder: string
  readonly pids: readonly number[]
}

/** Starts a process that starts Kafka, Valkey and a deaf process, and tells what it has started. */
const startParent = async () => {
  const program = fileURLToPath(new URL('./parent.ts', import.meta.url))
  const parent = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface({ input: parent.stdout }), 'line')
  const family: Family = JSON.parse(line)
  return { parent, family }
}

it.each(['SIGKILL', 'SIGTERM'] as const)(
  'leaves no process and no folder when the parent gets %s',
  async (signal) => {
    const { parent, family } = await startParent()
    expect(family.pids.length).toBe(4)
    expect(family.pids.filter(isGone)).toEqual([])
    parent.kill(signal)
    await once(parent, 'exit')
    const gone = () => family.pids.every(isGone) && !existsSync(family.folder)
    await until(gone, { what: 'the end of the whole family', deadlineMs: 10_000 })
  },
)
