import type { Manifest } from './workspaces.ts'

/**
 * The part of a package.json that decides what `npm ci --omit=dev` installs. Without the rest an edited script leaves the
 * installation cached, and npm does not install the workspaces that are development dependencies, as it otherwise would.
 */
export const productionManifest = (manifest: Manifest): Manifest => {
  const { name, version, type, exports, workspaces, dependencies } = manifest
  return {
    name,
    version,
    ...(type !== undefined && { type }),
    ...(exports !== undefined && { exports }),
    ...(workspaces && { workspaces }),
    ...(dependencies && { dependencies }),
  }
}

/** The same part with the development dependencies. */
export const developmentManifest = (manifest: Manifest): Manifest => ({
  ...productionManifest(manifest),
  ...(manifest.devDependencies && { devDependencies: manifest.devDependencies }),
})
