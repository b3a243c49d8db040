import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as z from 'zod'
import { runResult } from '../result.ts'
import { machine } from './machine.ts'

/** All runs of a group, made in one go on one machine. */
const groupResult = z.object({
  name: z.string(),
  /** When it was measured: a day. */
  day: z.string(),
  machine,
  /** Repetitions of every load. */
  repetitions: z.number(),
  /** Length of a run's window. */
  seconds: z.number(),
  runs: z.array(runResult),
})

/** All runs of a group. */
export type GroupResult = z.infer<typeof groupResult>

/** The groups of an earlier bench; none where the file is not there. */
export const readResults = (file: string): readonly GroupResult[] =>
  existsSync(file) ? z.array(groupResult).parse(JSON.parse(readFileSync(file, 'utf8'))) : []

/** Writes the groups, one run a line. */
export const writeResults = (file: string, groups: readonly GroupResult[]): void => {
  mkdirSync(dirname(file), { recursive: true })
  const texts = groups.map(({ runs, ...head }) => {
    const lines = runs.map((run) => `  ${JSON.stringify(run)}`)
    return `${JSON.stringify(head).slice(0, -1)},"runs":[\n${lines.join(',\n')}\n]}`
  })
  writeFileSync(file, `[\n${texts.join(',\n')}\n]\n`)
}

/** `fresh` in the place of the group of its name, or after the others. */
export const withGroup = (
  groups: readonly GroupResult[],
  fresh: GroupResult,
): readonly GroupResult[] =>
  groups.some(({ name }) => name === fresh.name)
    ? groups.map((group) => (group.name === fresh.name ? fresh : group))
    : [...groups, fresh]
