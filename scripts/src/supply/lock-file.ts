import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import type { Lock } from '../complete-lock.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))

const read = (path: string): unknown => JSON.parse(readFileSync(join(repository, path), 'utf8'))

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().exactOptional(),
      license: z.string().exactOptional(),
      link: z.boolean().exactOptional(),
      resolved: z.string().exactOptional(),
      hasInstallScript: z.boolean().exactOptional(),
      dependencies: z.record(z.string(), z.string()).exactOptional(),
    }),
  ),
})

/** The repository's lock file. */
export const readLock = (): Lock => lockFile.parse(read('package-lock.json'))

const manifest = z.object({ allowScripts: z.record(z.string(), z.boolean()) })

/** Which packages may run something when they are installed. */
export const readAllowedScripts = (): Readonly<Record<string, boolean>> =>
  manifest.parse(read('package.json')).allowScripts

/** Folders of what an image is made of: services, the BFF, the sandbox, the cluster's tool, the page. */
export const deployables = (lock: Lock): readonly string[] =>
  Object.keys(lock.packages).filter(
    (path) =>
      ['bff', 'sandbox', 'frontend', 'packages/cli'].includes(path) ||
      (path.startsWith('services/') && existsSync(join(repository, path, 'src/main.ts'))),
  )
