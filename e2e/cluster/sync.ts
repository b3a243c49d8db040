import { readFile } from 'node:fs/promises'
import { eventually } from '@flux/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import type { Cluster } from '../src/cluster/cluster.ts'
import { runDevPod } from '../src/cluster/dev-pod.ts'
import { loadImage } from '../src/cluster/make.ts'
import { run, say } from '../src/cluster/run.ts'

const docker = process.env['DOCKER'] ?? 'docker'
const folder = 'services/canary-service'
const file = `${folder}/src/main.ts`
const image = 'flux/canary-service:dev-sync'

/** What Tilt does after a change: the file goes into the container, which restarts the process by itself. */
export const sync = (cluster: Cluster) =>
  describe('a service in its dev image', () => {
    let pod = ''
    const logHas = async (words: string) => {
      const { stdout } = await cluster.tryKubectl('logs', pod)
      return stdout.includes(words)
    }

    afterAll(() => cluster.tryKubectl('delete', 'pod', pod, '--ignore-not-found', '--now'))

    it('runs a changed line in less than five seconds', async () => {
      const build = [
        'build',
        '--target',
        'dev',
        '--build-arg',
        `APP=${folder}`,
        '--tag',
        image,
        '.',
      ]
      await run(docker, build, {
        ...{ env: { DOCKER_BUILDKIT: '1' }, signal: AbortSignal.timeout(300_000) },
      })
      await loadImage(image)
      pod = await runDevPod(cluster, { deployment: 'flux-canary-service', image })
      await eventually('the service to run', () => logHas('"msg"'), 60_000)

      const source = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8')
      const changed = `${source}\nprocess.stdout.write('the changed line\\n')\n`
      const start = performance.now()
      const write = ['exec', '--stdin', pod, '--', 'sh', '-c', `cat >/app/${file}`]
      await cluster.kubectlWith({ input: changed }, ...write)
      await eventually('the changed line', () => logHas('the changed line'), 30_000)
      const seconds = (performance.now() - start) / 1_000
      say(`a changed line ran after ${seconds.toFixed(1)} s`)
      expect(seconds).toBeLessThan(5)
    })
  })
