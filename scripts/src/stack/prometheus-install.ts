import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StackError } from './error.ts'
import { cacheFolder, installOnce, run } from './install.ts'

/** Prometheus and its tool, as commands to run. */
export interface PrometheusPrograms {
  readonly prometheus: string
  readonly promtool: string
}

const works = async ({ prometheus, promtool }: PrometheusPrograms): Promise<boolean> =>
  (await run(prometheus, ['--version']).catch(() => '')) !== '' &&
  (await run(promtool, ['--version']).catch(() => '')) !== ''

const onPath: PrometheusPrograms = { prometheus: 'prometheus', promtool: 'promtool' }

/** The distribution's package, unpacked: nothing is installed on the machine, no service is started, nobody has to be root. */
const unpackPackage = async (folder: string): Promise<void> => {
  await run('apt-get', ['download', '-qq', 'prometheus'], { cwd: folder })
  await run('bash', ['-c', 'dpkg -x prometheus_*.deb . && rm prometheus_*.deb'], { cwd: folder })
}

/**
 * Prometheus from the PATH, or Debian's package in the user's cache folder, fetched once. Throws StackError
 * `prometheus_missing`, which says what to do.
 */
export const installPrometheus = async (
  env: NodeJS.ProcessEnv = process.env,
): Promise<PrometheusPrograms> => {
  if (await works(onPath)) return onPath
  const target = join(cacheFolder(env), 'prometheus')
  try {
    const folder = await installOnce(target, unpackPackage)
    const bin = join(folder, 'usr/bin')
    const programs = { prometheus: join(bin, 'prometheus'), promtool: join(bin, 'promtool') }
    if (await works(programs)) return programs
    await rm(target, { recursive: true, force: true })
    throw new StackError('command_failed', `${programs.prometheus} does not run on this machine`)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StackError(
      'prometheus_missing',
      `no Prometheus: put prometheus and promtool (2.42 or newer) on the PATH; Debian's package could not be had: ${why}`,
    )
  }
}
