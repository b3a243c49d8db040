import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** A program that failed or complained; the message is what it said. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError'
  readonly code = 'program_failed'
  readonly retryable = false
}

const complaintOf = (error: unknown): string =>
  error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)

/** Runs a program to its end and gives its standard output. Throws ProgramError when it fails, and when it warns of more than `unsaid`. */
export const runProgram = async (
  command: string,
  args: readonly string[],
  options: { readonly signal?: AbortSignal; readonly unsaid?: RegExp } = {},
): Promise<string> => {
  // Nobody's own cluster may change what is rendered.
  const env = { ...process.env, KUBECONFIG: '/dev/null' }
  const { unsaid, signal } = options
  const warnings = (text: string) =>
    text
      .split('\n')
      .filter((line) => !unsaid?.test(line))
      .join('\n')
      .trim()
  const { stdout, stderr } = await execute(command, [...args], {
    maxBuffer: 64 << 20,
    env,
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    throw new ProgramError(warnings(complaintOf(error)))
  })
  if (warnings(stderr)) throw new ProgramError(warnings(stderr))
  return stdout
}
