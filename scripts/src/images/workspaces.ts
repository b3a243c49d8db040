import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ImageError } from './error.ts'

/** A package.json; only what images are made from. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly type?: string
  readonly exports?: unknown
  readonly workspaces?: readonly string[]
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** A workspace of the repository. */
export interface Workspace {
  /** Its path from the root, with slashes. */
  readonly folder: string
  readonly manifest: Manifest
}

/** Reads the package.json of a folder. */
export const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

const foldersFor = (root: string, pattern: string): readonly string[] => {
  if (!pattern.endsWith('/*')) return [pattern]
  const parent = pattern.slice(0, -2)
  if (!existsSync(join(root, parent))) return []
  return readdirSync(join(root, parent)).map((name) => `${parent}/${name}`)
}

/** Every workspace that is there, by folder: a build's context may hold only some of them. */
export const readWorkspaces = (root: string): readonly Workspace[] =>
  (readManifest(root).workspaces ?? [])
    .flatMap((pattern) => foldersFor(root, pattern))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .sort()
    .map((folder) => ({ folder, manifest: readManifest(join(root, folder)) }))

/**
 * A workspace and all of ours that it needs in production, by folder.
 * Throws ImageError `unknown_workspace` when there is none in that folder.
 */
export const closureOf = (all: readonly Workspace[], folder: string): readonly Workspace[] => {
  const start = all.find((workspace) => workspace.folder === folder)
  if (!start) {
    const known = all.map((workspace) => workspace.folder).join(', ')
    throw new ImageError('unknown_workspace', `no workspace ${folder}; there are ${known}`)
  }
  const found = new Set([start])
  // A set is walked in the order of its additions, those made on the way included.
  for (const { manifest } of found) {
    const needed = Object.keys(manifest.dependencies ?? {})
    for (const other of all) if (needed.includes(other.manifest.name)) found.add(other)
  }
  return all.filter((workspace) => found.has(workspace))
}
