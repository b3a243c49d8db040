import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { JsonMap } from '../json.ts'
import type { Facts } from './facts.ts'
import type { Starlark } from './starlark.ts'

const execute = promisify(execFile)

const standIns = fileURLToPath(new URL('./tilt.star', import.meta.url))

/** A Tiltfile that Starlark or a stand-in refused; the message is the traceback. */
class TiltfileError extends Error {
  override readonly name = 'TiltfileError'
  readonly code = 'tiltfile_failed'
  readonly retryable = false
}

/** One call of a Tilt function. */
export interface Call {
  readonly function: string
  readonly arguments: JsonMap
}

const extensions: Readonly<Record<string, string>> = {
  'ext://helm_resource': 'helm_resource',
  'ext://uibutton': 'cmd_button',
}

const rewritten = (tiltfile: string): string =>
  tiltfile
    .replace(/^load\('(ext:\/\/\w+)'/gm, (whole, name: string) =>
      name in extensions ? "load('tilt.star'" : whole,
    )
    .replace(/\bos\.(?:getenv|path\.exists)(?=\()/g, (name) => name.replaceAll('.', '_'))

const namesIn = (source: string): readonly string[] =>
  [...source.matchAll(/^(?:def ([a-z]\w*)|([A-Z]\w*) =)/gm)].map(([, a, b]) => a ?? b ?? '')

// Everything that Tilt knows without a load; on the first line, so that line numbers stay.
const program = (tiltfile: string, source: string): string => {
  const known = namesIn(source).filter((name) => !Object.values(extensions).includes(name))
  return `load('tilt.star', ${known.map((name) => `'${name}'`).join(', ')}); ${rewritten(tiltfile)}`
}

/** The facts as JSON with every whole number as a float: so Tilt gives what it reads. */
const jsonWithFloats = (facts: Facts): string =>
  JSON.stringify(facts, (_, value: unknown) =>
    Number.isInteger(value) ? `float ${value}.0` : value,
  ).replace(/"float (-?\d+\.0)"/g, '$1')

const fill = async (folder: string, tiltfile: string, facts: Facts): Promise<void> => {
  const source = await readFile(standIns, 'utf8')
  // A JSON text is a Starlark string as well.
  const literal = JSON.stringify(jsonWithFloats(facts))
  await mkdir(folder, { recursive: true })
  await copyFile(standIns, join(folder, 'tilt.star'))
  await writeFile(join(folder, 'facts.star'), `FACTS = json.decode(${literal})\n`)
  await writeFile(join(folder, 'Tiltfile'), program(tiltfile, source))
}

const callsIn = (output: string): readonly Call[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{"'))
    .map((line) => JSON.parse(line))

/**
 * Executes the text of a Tiltfile in a Starlark interpreter whose Tilt functions are stand-ins, and gives their calls in order.
 * Throws TiltfileError when Starlark or a stand-in refuses it.
 */
export const runTiltfile = async (
  starlark: Starlark,
  tiltfile: string,
  facts: Facts,
): Promise<readonly Call[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'flux-tiltfile-'))
  try {
    await fill(folder, tiltfile, facts)
    const options = { cwd: folder, maxBuffer: 64 << 20 }
    const { stderr } = await execute(starlark.command, ['-globalreassign', 'Tiltfile'], options)
    return callsIn(stderr)
  } catch (error) {
    if (!(error instanceof Error && 'stderr' in error)) throw error
    const said = String(error.stderr).split('\n')
    throw new TiltfileError(said.filter((line) => !line.startsWith('{"')).join('\n'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
