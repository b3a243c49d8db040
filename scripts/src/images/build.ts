// npm run images [-- NAME…]: builds the images of all deployables, or of those named, one after another.
// DOCKER (docker), IMAGE_REPOSITORY (flux), TAG (dev), TARGET (a stage of the Dockerfiles), FLUX_VERSION, FLUX_REVISION
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { chosenFrom, deployablesIn } from './deployables.ts'
import { buildArguments, imageOf, runEngine, sizeOf } from './docker.ts'
import { sizeTable } from './size-table.ts'
import { readManifest } from './workspaces.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const { env } = process

const revision = (): string => {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return 'unknown'
  }
}

const settings = {
  engine: env['DOCKER'] || 'docker',
  repository: env['IMAGE_REPOSITORY'] || 'flux',
  tag: env['TAG'] || 'dev',
  version: env['FLUX_VERSION'] || readManifest(root).version,
  revision: env['FLUX_REVISION'] || revision(),
  ...(env['TARGET'] && { target: env['TARGET'] }),
}

const main = async (signal: AbortSignal): Promise<void> => {
  const images = chosenFrom(deployablesIn(root), process.argv.slice(2))
  for (const image of images) {
    await runEngine(settings.engine, buildArguments(settings, image), { cwd: root, signal })
  }
  const names = images.map((image) => imageOf(settings, image))
  console.log(sizeTable(names.map((name) => [name, sizeOf(settings.engine, name)])))
}

const ended = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort())
try {
  await main(ended.signal)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
