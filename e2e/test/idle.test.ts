import { readFileSync } from 'node:fs'
import { type Stack, startStack } from '@flux/scripts/stack'
import { eventually } from '@flux/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** Clock ticks per second of Linux's process accounting. */
const ticksPerSecond = 100

/** User and system time of a process so far, in seconds (proc(5): fields 14 and 15 of stat). */
const cpuSeconds = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

describe.skipIf(process.platform !== 'linux')(
  'an idle process (CPU time is read from Linux)',
  () => {
    let stack: Stack

    beforeAll(async () => {
      stack = await startStack({ env: { sandbox: { SANDBOX_RATE: '0' } } })
    })

    afterAll(() => stack?.close())

    it('of each kind uses under 2 % of a core', async () => {
      const parts = [
        ...stack.services.crypto,
        ...stack.bff,
        stack.edge,
        ...(stack.sandbox ? [stack.sandbox] : []),
      ]
      const settled = Date.now() + 10_000
      await eventually('start-up work to be over', () => Date.now() > settled)
      const used = () => parts.map(({ pid }) => cpuSeconds(pid ?? 0))
      const before = used()
      const seconds = 20
      const over = Date.now() + seconds * 1_000
      await eventually('20 s of idleness', () => Date.now() > over, 25_000)
      const after = used()
      const percent = parts.map(
        ({ name }, i) => [name, (((after[i] ?? 0) - (before[i] ?? 0)) / seconds) * 100] as const,
      )
      for (const [name, share] of percent) expect(share, `${name} uses ${share} %`).toBeLessThan(2)
    })
  },
)
