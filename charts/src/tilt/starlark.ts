import { join } from 'node:path'
import { cacheFolder, installOnce, run } from '@flux/scripts/install'

const version = 'v0.0.0-20260908191801-89a6a09411d5'

const moduleOf = (revision: string): string => `go.starlark.net/cmd/starlark@${revision}`

/** Go's command to run a Starlark file: the interpreter that Tilt has inside, with an empty world around it. */
export interface Starlark {
  readonly command: string
}

const build = async (folder: string): Promise<void> => {
  const settings = [`GOBIN=${folder}`, 'GOTOOLCHAIN=local', 'GOFLAGS=-mod=mod']
  await run('env', [...settings, 'go', 'install', moduleOf(version)])
}

/**
 * The interpreter in the user's cache, built with Go the first time (40 s).
 * Throws StackError `command_failed` where it is not there and Go is missing or cannot build it.
 */
export const installStarlark = async (env: NodeJS.ProcessEnv): Promise<Starlark> => {
  const folder = await installOnce(join(cacheFolder(env), `starlark-${version}`), build)
  return { command: join(folder, 'starlark') }
}
