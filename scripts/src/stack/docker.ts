import type { Children } from './children.ts'
import { run } from './install.ts'
import { createPart, type Part, type PartSpec } from './part.ts'

/** Whether a Docker daemon answers; the client alone proves nothing. */
export const dockerWorks = async (): Promise<boolean> => {
  try {
    await run('docker', ['info', '--format', '{{.ServerVersion}}'])
    return true
  } catch {
    return false
  }
}

/** A container as a part of the stack. */
export interface ContainerSpec extends Omit<PartSpec, 'command'> {
  readonly image: string
  readonly container: string
  readonly ports: readonly number[]
  env(): Promise<Readonly<Record<string, string>>>
  readonly volumes: readonly string[]
  /** What follows the image's name. */
  readonly args: readonly string[]
}

/** The arguments of `docker run` for a container whose end is its client's end. */
export const runArguments = (
  spec: ContainerSpec,
  env: Readonly<Record<string, string>>,
): readonly string[] => [
  'run',
  '--rm',
  `--name=${spec.container}`,
  ...spec.ports.map((port) => `--publish=127.0.0.1:${port}:${port}`),
  ...spec.volumes.map((volume) => `--volume=${volume}`),
  ...Object.entries(env).map(([name, value]) => `--env=${name}=${value}`),
  spec.image,
  ...spec.args,
]

/** A part that is a container; signals go to the container, not to Docker's client. */
export const createContainerPart = (children: Children, spec: ContainerSpec): Part => {
  const part = createPart(children, {
    ...spec,
    command: async () => {
      children.keeper.keep('container', spec.container)
      return { command: 'docker', args: runArguments(spec, await spec.env()) }
    },
  })
  const kill = async (signal: NodeJS.Signals) => {
    if (part.pid === undefined) return
    await run('docker', ['kill', `--signal=${signal}`, spec.container])
    if (signal === 'SIGKILL') await part.kill('SIGKILL')
  }
  return Object.defineProperty({ ...part, kill }, 'pid', { get: () => part.pid })
}
