import { posix } from 'node:path'

/** A `COPY` out of the build's context. */
export interface ContextCopy {
  readonly from: string
  /** Where it is in the image, from its root. */
  readonly to: string
}

/** One stage of a Dockerfile. */
export interface Stage {
  readonly name: string
  readonly copies: readonly ContextCopy[]
}

interface Instruction {
  readonly name: string
  readonly words: readonly string[]
}

const instructions = (dockerfile: string): readonly Instruction[] =>
  dockerfile
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([name = '', ...words]) => (name ? [{ name, words }] : []))

const targetOf = (workdir: string, from: string, to: string): string => {
  const path = posix.resolve(workdir, to)
  // A file that is copied into a folder keeps its name.
  return to.endsWith('/') && /\.\w+$/.test(from) ? posix.join(path, posix.basename(from)) : path
}

const copiesIn = (workdir: string, words: readonly string[]): readonly ContextCopy[] => {
  if (words.some((word) => word.startsWith('--from='))) return []
  const paths = words.filter((word) => !word.startsWith('--'))
  const to = paths.at(-1) ?? '.'
  return paths.slice(0, -1).map((from) => ({ from, to: targetOf(workdir, from, to) }))
}

/** The stages of a Dockerfile with what each takes from the context. */
export const stagesOf = (dockerfile: string): readonly Stage[] => {
  const stages: { name: string; workdir: string; copies: ContextCopy[] }[] = []
  for (const { name, words } of instructions(dockerfile)) {
    const stage = stages.at(-1)
    if (name === 'FROM') stages.push({ name: words.at(-1) ?? '', workdir: '/', copies: [] })
    if (name === 'WORKDIR' && stage) stage.workdir = posix.resolve(stage.workdir, words[0] ?? '')
    if (name === 'COPY' && stage) stage.copies.push(...copiesIn(stage.workdir, words))
  }
  return stages
}
