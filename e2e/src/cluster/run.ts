import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** What a command left behind. */
export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** What a command is given beside its arguments. */
export interface RunOptions {
  /** What it reads from its standard input; nothing by default. */
  readonly input?: string
  /** Added to the environment. */
  readonly env?: NodeJS.ProcessEnv
  /** Ends it; by default after two minutes. */
  readonly signal?: AbortSignal
}

const root = new URL('../../..', import.meta.url).pathname

const started = (command: string, args: readonly string[], options: RunOptions) =>
  spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...options.env },
    signal: options.signal ?? AbortSignal.timeout(120_000),
    stdio: ['pipe', 'pipe', 'pipe'],
  })

/** Runs a command at the root of the repository to its end, whatever its code. Throws when it cannot be started or takes too long. */
export const attempt = async (
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> => {
  const child = started(command, args, options)
  // A command may end before it has read everything.
  child.stdin.on('error', () => null).end(options.input ?? '')
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
  const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { code, stdout, stderr }
}

/** Runs a command and returns what it wrote, trimmed. Throws with its own words when it fails. */
export const run = async (
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> => {
  const { code, stdout, stderr } = await attempt(command, args, options)
  if (code !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${stderr || stdout}`)
  return stdout.trim()
}

/** Writes a line into the test's output: what was seen. */
export const say = (line: string): void => {
  process.stdout.write(`      ${line}\n`)
}
