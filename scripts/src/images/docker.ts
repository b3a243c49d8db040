import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Deployable } from './deployables.ts'
import { ImageError } from './error.ts'

/** What all images of a run have in common. */
export interface BuildSettings {
  /** The engine's client: `docker`, or one that takes the same arguments. */
  readonly engine: string
  /** Registry and path before the names, as `flux`. */
  readonly repository: string
  readonly tag: string
  readonly version: string
  readonly revision: string
  /** Stage to build; without it the last one, which is what runs. */
  readonly target?: string
}

/** Name and tag of an image. */
export const imageOf = (settings: BuildSettings, { name }: Deployable): string =>
  `${settings.repository}/${name}:${settings.tag}`

/** The engine's arguments that build an image from the root of the repository. */
export const buildArguments = (settings: BuildSettings, image: Deployable): readonly string[] => [
  'build',
  `--file=${image.dockerfile}`,
  `--build-arg=APP=${image.folder}`,
  `--build-arg=FLUX_VERSION=${settings.version}`,
  `--build-arg=FLUX_REVISION=${settings.revision}`,
  ...(settings.target ? [`--target=${settings.target}`] : []),
  `--tag=${imageOf(settings, image)}`,
  '.',
]

/** Runs the engine with its output on this one's, ended by the signal. Throws ImageError `build_failed`. */
export const runEngine = async (
  engine: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<void> => {
  // An older daemon takes the old builder unless it is told; the Dockerfiles need BuildKit.
  const env = { ...process.env, DOCKER_BUILDKIT: '1' }
  const child = spawn(engine, args, { ...options, env, stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new ImageError('build_failed', `${engine} ${args.join(' ')} failed`)
}

/** Bytes of an image's files; `own` is what its base does not have, where the engine holds the base too. */
export interface ImageSize {
  readonly whole: number
  readonly own: number | undefined
}

const inspect = (engine: string, image: string, format: string): string =>
  execFileSync(engine, ['image', 'inspect', `--format=${format}`, image], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()

/** Asks the engine how large an image is. Throws the engine's error when there is no such image. */
export const sizeOf = (engine: string, image: string): ImageSize => {
  const bytes = (name: string) => Number(inspect(engine, name, '{{.Size}}'))
  const whole = bytes(image)
  const base = inspect(
    engine,
    image,
    '{{index .Config.Labels "org.opencontainers.image.base.name"}}',
  )
  try {
    return { whole, own: whole - bytes(base) }
  } catch {
    return { whole, own: undefined }
  }
}
