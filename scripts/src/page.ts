import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './stack/install.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))

// What the page is made of: its own folder and the packages that are bundled into it.
const sources = ['frontend', 'packages/client/src', 'packages/contracts/src', 'package-lock.json']

const newestIn = (path: string): number => {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  const names = readdirSync(path).filter((name) => name !== 'dist' && name !== 'node_modules')
  // A folder's own time tells of files that have gone; that of `frontend` changes with `dist`.
  const own = names.includes('package.json') ? 0 : stat.mtimeMs
  return names.reduce((newest, name) => Math.max(newest, newestIn(join(path, name))), own)
}

/** Whether the built page is older than what it is made of. */
export const pageIsStale = (root: string = repository): boolean => {
  const built = newestIn(join(root, 'frontend/dist/index.html'))
  return sources.some((source) => newestIn(join(root, source)) > built)
}

/** Builds the page when it has to be. Throws StackError `command_failed` with what the build printed. */
export const buildPage = async (signal?: AbortSignal): Promise<'built' | 'up to date'> => {
  if (!pageIsStale()) return 'up to date'
  // Vite itself and not `npm run build`: one process, which the signal ends.
  const vite = join(repository, 'node_modules/vite/bin/vite.js')
  // A test runner's NODE_ENV would make it a page for development, half as large again.
  const env = { ...process.env, NODE_ENV: 'production' }
  const options = { cwd: join(repository, 'frontend'), env, ...(signal && { signal }) }
  await run(process.execPath, [vite, 'build'], options)
  return 'built'
}
