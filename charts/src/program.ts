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

/** Runs a program to its end and gives its standard output. Throws ProgramError when it fails, and when it warns. */
export const runProgram = async (
  command: string,
  args: readonly string[],
  options: { readonly signal?: AbortSignal } = {},
): Promise<string> => {
  // Nobody's own cluster may change what is rendered.
  const env = { ...process.env, KUBECONFIG: '/dev/null' }
  const { stdout, stderr } = await execute(command, [...args], {
    maxBuffer: 64 << 20,
    env,
    ...options,
  }).catch((error: unknown) => {
    throw new ProgramError(complaintOf(error).trim())
  })
  if (stderr.trim()) throw new ProgramError(stderr.trim())
  return stdout
}
