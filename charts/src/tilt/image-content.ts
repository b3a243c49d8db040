import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildNodeFiles, type Files, within } from './build-context.ts'
import { type ContextCopy, type Stage, stagesOf } from './dockerfile.ts'
import { repository } from './facts.ts'
import type { ImageBuild } from './recording.ts'

/** What an image holds of the repository, found out from its Dockerfile alone. */
export interface ImageContent {
  readonly stages: readonly string[]
  /** Where a path of the repository is in the image; `undefined` when it is not. */
  locate(path: string): string | undefined
  /** Files whose change shows in the running process. */
  readonly sources: readonly string[]
  /** What the build is not sent although the image is made of it. */
  readonly missing: readonly string[]
}

const isSource = (path: string): boolean => /\/(src|public)\/|\/index\.html$/.test(path)

const contentOf = (
  stages: readonly Stage[],
  paths: readonly string[],
  missing: readonly string[],
) => {
  const names = stages.map(({ name }) => name)
  return { stages: names, sources: paths.filter(isSource), missing }
}

const buildPart = (build: ImageBuild): Promise<Files> =>
  buildNodeFiles(build.app, build.only).catch(() => new Set())

// Manifests of workspaces that this one does not need may be missing: npm leaves them out.
const isNeeded = (path: string): boolean =>
  path.startsWith('/app/') || /^\/manifests\/[^/]+$/.test(path)

const nodeContent = async (build: ImageBuild, stages: readonly Stage[]): Promise<ImageContent> => {
  const [whole, part] = await Promise.all([buildNodeFiles(build.app), buildPart(build)])
  const needed = [...whole].filter(isNeeded)
  const paths = needed.filter((path) => path.startsWith('/app/')).map((path) => path.slice(5))
  const missing = needed.filter((path) => !part.has(path))
  return {
    ...contentOf(stages, paths, missing),
    locate: (path) => (paths.some((file) => within(file, [path])) ? `/app/${path}` : undefined),
  }
}

const filesUnder = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(join(repository, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !/\/(node_modules|dist)(\/|$)/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name).slice(repository.length))
}

const isFolder = ({ from }: ContextCopy): boolean =>
  !/\.\w+$/.test(from) && existsSync(join(repository, from))

const copiedContent = async (
  build: ImageBuild,
  stages: readonly Stage[],
): Promise<ImageContent> => {
  const copies = stages.flatMap((stage) => stage.copies).filter(({ from }) => from !== '.')
  const files = (
    await Promise.all(copies.filter(isFolder).map(({ from }) => filesUnder(from)))
  ).flat()
  const missing = copies.map(({ from }) => from).filter((from) => !within(from, build.only))
  return {
    ...contentOf(stages, files, missing),
    locate: (path) => {
      const copy = copies.find(({ from }) => within(path, [from]))
      return copy && existsSync(join(repository, path))
        ? `${copy.to}${path.slice(copy.from.length)}`
        : undefined
    },
  }
}

/** What the image of a build holds. A Dockerfile without a workspace's name assembles it by scripts, the others copy. */
export const imageContent = async (build: ImageBuild): Promise<ImageContent> => {
  const path = join(repository, build.dockerfile)
  const stages = existsSync(path) ? stagesOf(await readFile(path, 'utf8')) : []
  return build.dockerfile === 'Dockerfile'
    ? nodeContent(build, stages)
    : copiedContent(build, stages)
}
