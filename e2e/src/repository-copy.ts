import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A copy of the repository in a temporary folder. Paths are relative to its root, with `/`. */
export interface RepositoryCopy {
  readonly root: string
  /** Adds a file; throws when there is one already. */
  add(path: string, text: string): Promise<void>
  /** Puts `by` in place of the only occurrence of `text`; throws when there is not exactly one. */
  replace(path: string, text: string, by: string): Promise<void>
  /** Makes a workspace known to the others under `@flux/`. */
  link(name: string, folder: string): Promise<void>
  /** Runs a script of the copy in a process of its own; resolves with its output, throws when it fails or is late. */
  run(script: string, args?: readonly string[], deadlineMs?: number): Promise<string>
  /** Files that are not as in the original: added, changed or missing ones, sorted. */
  changes(): Promise<readonly string[]>
  remove(): Promise<void>
}

const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

const listed = async (root: string, kind: string) => {
  const { stdout } = await run('git', ['ls-files', '-z', kind, '--exclude-standard'], {
    cwd: root,
    maxBuffer: 2 ** 24,
  })
  return stdout.split('\0').filter((path) => path !== '')
}

/** What belongs to the repository now: tracked or not ignored, and not deleted. */
const filesOf = async (root: string): Promise<readonly string[]> => {
  const deleted = new Set(await listed(root, '-d'))
  const all = [...(await listed(root, '-c')), ...(await listed(root, '-o'))]
  return all.filter((path) => !deleted.has(path))
}

/** Dependencies are the original's; workspaces are the copy's own. */
const linkModules = async (from: string, to: string) => {
  const [modules, own] = [join(from, 'node_modules'), join(to, 'node_modules')]
  await mkdir(join(own, '@flux'), { recursive: true })
  const names = (await readdir(modules)).filter((name) => name !== '@flux')
  await Promise.all(names.map((name) => symlink(join(modules, name), join(own, name))))
  const workspaces = await readdir(join(modules, '@flux'))
  for (const name of workspaces) {
    const folder = relative(from, await realpath(join(modules, '@flux', name)))
    await symlink(join(to, folder), join(own, '@flux', name))
  }
}

/** Every file below the root but the dependencies. */
const walk = async (root: string): Promise<readonly string[]> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith('node_modules/'))
}

/** Where a symbolic link leads, as it is written; `undefined` for a file. */
const linkAt = async (path: string): Promise<string | undefined> =>
  (await lstat(path)).isSymbolicLink() ? readlink(path) : undefined

/** What a change is seen by: a file's bytes, or where a link leads. */
const contentOf = async (path: string): Promise<Buffer> => {
  const target = await linkAt(path)
  return target === undefined ? readFile(path) : Buffer.from(target)
}

/** Copies files and tells the digests of what was read: the original may be worked on meanwhile. */
const copyFiles = async (from: string, to: string) => {
  const digests = new Map<string, string>()
  for (const path of await filesOf(from)) {
    const [target, bytes] = [await linkAt(join(from, path)), await contentOf(join(from, path))]
    await mkdir(dirname(join(to, path)), { recursive: true })
    if (target === undefined) await writeFile(join(to, path), bytes)
    else await symlink(target, join(to, path))
    digests.set(path, digestOf(bytes))
  }
  return digests
}

const changesSince = async (root: string, digests: ReadonlyMap<string, string>) => {
  const now = await walk(root)
  const differs = await Promise.all(
    now.map(async (path) => digests.get(path) !== digestOf(await contentOf(join(root, path)))),
  )
  const present = new Set(now)
  const missing = [...digests.keys()].filter((path) => !present.has(path))
  return [...now.filter((_, index) => differs[index]), ...missing].sort()
}

/** A failure with what the process said, which for a compiler is on standard output. */
const explained = (script: string) => (cause: unknown) => {
  const said = ['stdout', 'stderr'].map((stream) => Reflect.get(Object(cause), stream))
  throw new Error(`${script} failed: ${said.join('\n')}`, { cause })
}

/** Copies the repository at `from`, as it is in the working folder, without what git ignores. */
export const copyRepository = async (from: string): Promise<RepositoryCopy> => {
  const root = await mkdtemp(join(await realpath(tmpdir()), 'flux-copy-'))
  const remove = () => rm(root, { recursive: true, force: true })
  const copyAll = async () => {
    await linkModules(from, root)
    return copyFiles(from, root)
  }
  const digests = await copyAll().catch(async (error: unknown) => {
    await remove()
    throw error
  })
  const at = (path: string) => join(root, path)
  return {
    root,
    add: async (path, text) => {
      await mkdir(dirname(at(path)), { recursive: true })
      await writeFile(at(path), text, { flag: 'wx' })
    },
    replace: async (path, text, by) => {
      const parts = (await readFile(at(path), 'utf8')).split(text)
      if (parts.length !== 2) throw new Error(`${parts.length - 1} times in ${path}: ${text}`)
      await writeFile(at(path), parts.join(by))
    },
    link: (name, folder) => symlink(at(folder), at(`node_modules/@flux/${name}`)),
    run: async (script, args = [], deadlineMs = 30_000) => {
      const options = { cwd: root, timeout: deadlineMs, killSignal: 'SIGKILL' } as const
      const running = run(process.execPath, [at(script), ...args], options)
      return (await running.catch(explained(script))).stdout
    },
    changes: () => changesSince(root, digests),
    remove,
  }
}
