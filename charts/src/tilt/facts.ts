import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { renderText } from '../helm.ts'
import type { Json, JsonMap } from '../json.ts'
import { parseResources } from '../resource.ts'

const execute = promisify(execFile)

/** Root of the repository, with a slash at the end. */
export const repository = fileURLToPath(new URL('../../../', import.meta.url))

/** What a Tiltfile can learn about the world around it. */
export interface Facts {
  /** The current context of kubectl. */
  readonly context: string
  readonly environment: Readonly<Record<string, string>>
  /** Every file and folder of the repository that git does not ignore. */
  readonly paths: Readonly<Record<string, true>>
  /** What is in the JSON files, by path. */
  readonly json: Readonly<Record<string, Json>>
  readonly yaml: Readonly<Record<string, Json>>
  /** The objects that a chart renders to, by its folder. */
  readonly helm: Readonly<Record<string, readonly JsonMap[]>>
  readonly kustomize: Readonly<Record<string, readonly JsonMap[]>>
}

const read = (path: string): Promise<string> => readFile(join(repository, path), 'utf8')

const trackedFiles = async (): Promise<readonly string[]> => {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard']
  const { stdout } = await execute('git', args, { cwd: repository, maxBuffer: 16 << 20 })
  return stdout.split('\n').filter(Boolean)
}

const withFolders = (file: string): readonly string[] =>
  file === '.' ? [] : [file, ...withFolders(dirname(file))]

/** The values files that Tilt renders `charts/flux` with. */
export const tiltValues = ['values-dev.yaml', 'values-tilt.yaml'] as const

// Tilt leaves out what stands in a folder `tests` of a chart, and nothing else.
const withoutTests = (yaml: string): string =>
  yaml
    .split(/^---\n/m)
    .filter((document) => !/^# Source: .*\/tests\//m.test(document))
    .join('---\n')

const bodies = (yaml: string): readonly JsonMap[] => parseResources(yaml).map(({ body }) => body)

const renderApps = async (): Promise<readonly JsonMap[]> =>
  bodies(withoutTests(await renderText({ chart: 'flux', values: [...tiltValues] })))

const readBase = async (): Promise<readonly JsonMap[]> => {
  const { resources }: { resources: readonly string[] } = parse(
    await read('k8s/base/kustomization.yaml'),
  )
  const texts = await Promise.all(resources.map((file) => read(`k8s/base/${file}`)))
  return texts.flatMap(bodies)
}

/** The repository as it is, and the cluster that the Tiltfile is for. */
export const collectFacts = async (): Promise<Facts> => {
  const files = await trackedFiles()
  const manifests = files.filter((file) => /(^|\/)package(-lock)?\.json$/.test(file))
  const json = manifests.map(async (file) => [file, JSON.parse(await read(file))] as const)
  return {
    context: 'kind-flux',
    environment: {},
    paths: Object.fromEntries(files.flatMap(withFolders).map((path) => [path, true as const])),
    json: Object.fromEntries(await Promise.all(json)),
    yaml: { 'kind-config.yaml': parse(await read('kind-config.yaml')) },
    helm: { 'charts/flux': await renderApps() },
    kustomize: { 'k8s/base': await readBase() },
  }
}
