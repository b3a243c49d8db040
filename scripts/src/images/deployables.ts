import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ImageError } from './error.ts'
import { readWorkspaces } from './workspaces.ts'

/** What becomes an image. */
export interface Deployable {
  /** Name of the image without registry and tag: the workspace's, as `weather-service`. */
  readonly name: string
  /** The workspace's folder: build argument APP. */
  readonly folder: string
  /** The file that it is built by, from the root. */
  readonly dockerfile: string
}

const dockerfileOf = (root: string, folder: string): string =>
  existsSync(join(root, folder, 'Dockerfile')) ? `${folder}/Dockerfile` : 'Dockerfile'

/** Every workspace that starts as a process of its own (`npm start`) or has a Dockerfile of its own, by folder. */
export const deployablesIn = (root: string): readonly Deployable[] =>
  readWorkspaces(root)
    .map(({ folder, manifest }) => ({
      name: manifest.name.replace(/^@.*\//, ''),
      folder,
      dockerfile: dockerfileOf(root, folder),
      starts: manifest.scripts?.['start'] !== undefined,
    }))
    .filter(({ dockerfile, starts }) => starts || dockerfile !== 'Dockerfile')
    .map(({ starts: _, ...deployable }) => deployable)

/** Those named, or all when none is. Throws ImageError `unknown_image` for a name that none has. */
export const chosenFrom = (
  all: readonly Deployable[],
  names: readonly string[],
): readonly Deployable[] => {
  const known = all.map(({ name }) => name)
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    const message = `no image ${unknown.join(', ')}; there are ${known.join(', ')}`
    throw new ImageError('unknown_image', message)
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name))
}
