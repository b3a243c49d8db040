import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@flux/testkit'
import type { Cluster } from './cluster.ts'
import { loadImage } from './make.ts'
import { attempt, run } from './run.ts'

const image = 'flux/k6:dev'
const docker = process.env['DOCKER'] ?? 'docker'

/** Brings an image with the k6 of this machine onto the nodes. Returns why not, where there is no k6. */
export const loadK6 = async (): Promise<string | undefined> => {
  const { code, stdout } = await attempt('bash', ['-c', 'command -v k6'])
  if (code !== 0) return 'no k6 on this machine: go install go.k6.io/k6@v1.8.1'
  const folder = await mkdtemp(join(tmpdir(), 'k6-image-'))
  try {
    await cp(stdout.trim(), join(folder, 'k6'), { dereference: true })
    const dockerfile = 'FROM scratch\nCOPY k6 /k6\nUSER 65532:65532\nENTRYPOINT ["/k6"]\n'
    const build = ['build', '--quiet', '--tag', image, '--file', '-', folder]
    await run(docker, build, { input: dockerfile })
  } finally {
    await rm(folder, { recursive: true })
  }
  await loadImage(image)
  return undefined
}

const scripts = new URL('../../../load/k6/', import.meta.url)

const restricted = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
}

const container = (env: Readonly<Record<string, string>>) => ({
  ...{ name: 'k6', image, imagePullPolicy: 'IfNotPresent', securityContext: restricted },
  args: ['run', '--quiet', '--no-usage-report', '/script/smoke.js'],
  env: Object.entries(env).map(([name, value]) => ({ name, value })),
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } },
  volumeMounts: [{ name: 'script', mountPath: '/script' }],
})

// The pods of `helm test` may reach the page; this is one of them.
const labels = {
  'app.kubernetes.io/name': 'flux',
  'app.kubernetes.io/instance': 'flux',
  'app.kubernetes.io/component': 'smoke',
}

const jobOf = (env: Readonly<Record<string, string>>) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'k6' },
  spec: {
    backoffLimit: 0,
    template: {
      metadata: { labels },
      spec: {
        ...{ restartPolicy: 'Never', automountServiceAccountToken: false },
        securityContext: {
          ...{ runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
        },
        containers: [container(env)],
        volumes: [{ name: 'script', configMap: { name: 'k6' } }],
      },
    },
  },
})

/** How a Job ended, and what it wrote. */
export interface JobEnd {
  readonly ok: boolean
  readonly log: string
}

const terminated = 'jsonpath={.items[0].status.containerStatuses[0].state.terminated.exitCode}'

/** Runs load/k6/smoke.js as a Job of the release flux to its end, and takes it away again. */
export const runK6 = async (
  cluster: Cluster,
  env: Readonly<Record<string, string>>,
): Promise<JobEnd> => {
  const names = (await readdir(scripts)).filter((name) => name.endsWith('.js'))
  const texts = names.map(async (name) => [name, await readFile(new URL(name, scripts), 'utf8')])
  const data = Object.fromEntries(await Promise.all(texts))
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'k6' }, data }
  const list = { apiVersion: 'v1', kind: 'List', items: [map, jobOf(env)] }
  await cluster.kubectlWith({ input: JSON.stringify(list) }, 'apply', '--filename', '-')
  try {
    let exitCode = ''
    await eventually(
      'k6 to end',
      async () => {
        const pods = ['get', 'pods', '--selector', 'job-name=k6', '--output', terminated]
        exitCode = (await cluster.tryKubectl(...pods)).stdout
        return exitCode !== ''
      },
      150_000,
    )
    return { ok: exitCode === '0', log: await cluster.kubectl('logs', 'job/k6') }
  } finally {
    await cluster.kubectl('delete', 'job/k6', 'configmap/k6', '--ignore-not-found')
  }
}
