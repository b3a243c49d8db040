import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { attempt, type Outcome, type RunOptions, run } from './run.ts'

/** A pod as the tests need it. */
interface Pod {
  readonly name: string
  readonly node: string
  readonly ip: string
}

/** A port of the cluster that is reachable from here. */
interface Forward {
  readonly url: string
  close(): void
}

/** One namespace of the cluster that is tested. */
export interface Cluster {
  readonly context: string
  readonly namespace: string
  /** The page's address on this machine. */
  readonly url: string
  /** kubectl in the namespace. Returns what it wrote. Throws with its own words. */
  kubectl(...args: readonly string[]): Promise<string>
  /** The same with more to say: standard input, a longer time. */
  kubectlWith(options: RunOptions, ...args: readonly string[]): Promise<string>
  /** The same, for what may fail. */
  tryKubectl(...args: readonly string[]): Promise<Outcome>
  helm(...args: readonly string[]): Promise<string>
  /** The pods that a Service chooses and that are not on their way out, by name. */
  podsOf(service: string): Promise<readonly Pod[]>
  /** Runs a command in a pod or in one of a `deployment/…`. */
  inPod(target: string, ...command: readonly string[]): Promise<Outcome>
  /** Leads a free port of this machine to a port of a pod. */
  forward(pod: string, port: number): Promise<Forward>
  /** Waits until a rollout is through. */
  rolledOut(workload: string): Promise<void>
}

const podColumns =
  'NAME:.metadata.name,NODE:.spec.nodeName,IP:.status.podIP,END:.metadata.deletionTimestamp,PHASE:.status.phase'

const readPods = (table: string): readonly Pod[] =>
  table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , end, phase]) => end === '<none>' && phase === 'Running')
    .map(([name = '', node = '', ip = '']) => ({ name, node, ip }))
    .toSorted((a, b) => a.name.localeCompare(b.name))

const selectorTemplate =
  '{{$comma := ""}}{{range $key, $value := .spec.selector}}{{$comma}}{{$key}}={{$value}}{{$comma = ","}}{{end}}'

const openForward = async (args: readonly string[]): Promise<Forward> => {
  const child = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const problems: string[] = []
  child.stderr.setEncoding('utf8').on('data', (part: string) => problems.push(part))
  const port = await new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout })
    lines.on('line', (line) => {
      const [, found] = /127\.0\.0\.1:(\d+) ->/.exec(line) ?? []
      if (found) resolve(found)
    })
    child.once('error', reject)
    child.once('close', () => reject(new Error(`no way to the pod: ${problems.join('')}`)))
  })
  return { url: `http://127.0.0.1:${port}`, close: () => child.kill() }
}

/** The cluster that `kubectl` knows by this context. */
export const openCluster = (
  settings: { context?: string; namespace?: string; url?: string } = {},
): Cluster => {
  const {
    context = process.env['KUBE_CONTEXT'] ?? `kind-${process.env['KIND_CLUSTER'] ?? 'flux'}`,
    namespace = process.env['NAMESPACE'] ?? 'flux',
    url = `http://127.0.0.1:${process.env['FLUX_PORT'] ?? '8088'}`,
  } = settings
  const place = ['--context', context, '--namespace', namespace]
  const kubectl = (...args: readonly string[]) => run('kubectl', [...place, ...args])
  const tryKubectl = (...args: readonly string[]) => attempt('kubectl', [...place, ...args])
  return {
    context,
    namespace,
    url,
    kubectl,
    kubectlWith: (options, ...args) => run('kubectl', [...place, ...args], options),
    tryKubectl,
    helm: (...args) =>
      run('helm', ['--kube-context', context, '--namespace', namespace, ...args], {
        signal: AbortSignal.timeout(420_000),
      }),
    podsOf: async (service) => {
      const labels = await kubectl(
        'get',
        'service',
        service,
        '--output',
        `go-template=${selectorTemplate}`,
      )
      const columns = ['--output', `custom-columns=${podColumns}`, '--no-headers']
      return readPods(await kubectl('get', 'pods', '--selector', labels, ...columns))
    },
    inPod: (target, ...command) => tryKubectl('exec', target, '--', ...command),
    forward: (pod, port) => openForward([...place, 'port-forward', `pod/${pod}`, `:${port}`]),
    rolledOut: async (workload) => {
      await run('kubectl', [...place, 'rollout', 'status', workload, '--timeout', '240s'], {
        signal: AbortSignal.timeout(250_000),
      })
    },
  }
}
