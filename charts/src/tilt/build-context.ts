import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { repository } from './facts.ts'

const execute = promisify(execFile)

/** Paths of files in an image, from its root. */
export type Files = ReadonlySet<string>

/** Whether a path is one of these or in a folder that is one of these. */
export const within = (path: string, places: readonly string[]): boolean =>
  places.some((place) => path === place || path.startsWith(`${place}/`))

const left = ['node_modules', 'dist']

const copyContext = async (paths: readonly string[], folder: string): Promise<void> => {
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await cp(join(repository, path), join(folder, path), {
      recursive: true,
      filter: (source) => !left.includes(basename(source)),
    })
  }
}

// What the Dockerfile's steps make of a context: the manifests that npm installs by, and the sources.
const runSteps = async (context: string, app: string, output: string): Promise<void> => {
  const step = (script: string, ...args: readonly string[]) =>
    execute(process.execPath, [`scripts/src/images/${script}`, ...args], { cwd: context })
  await step('manifests.ts', join(output, 'manifests'))
  await step('assemble.ts', app, join(output, 'app'))
}

const filesIn = async (folder: string): Promise<Files> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return new Set(files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length)))
}

const build = async (app: string, only: readonly string[] | undefined): Promise<Files> => {
  const folder = await mkdtemp(join(tmpdir(), 'flux-context-'))
  try {
    const context = only ? join(folder, 'context') : repository
    if (only) await copyContext(only, context)
    await runSteps(context, app, join(folder, 'result'))
    return await filesIn(join(folder, 'result'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const built = new Map<string, Promise<Files>>()

/**
 * Files that the Dockerfile of Node workspaces makes of the sources, and those that npm installs by, when only these paths of
 * the repository are sent to the build; without paths, of the whole repository. The same is built once. Throws when a step fails.
 */
export const buildNodeFiles = (app: string, only?: readonly string[]): Promise<Files> => {
  const key = JSON.stringify([app, only])
  const files = built.get(key) ?? build(app, only)
  built.set(key, files)
  return files
}
