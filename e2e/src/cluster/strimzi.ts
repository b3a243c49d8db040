import { attempt, run } from './run.ts'

const print = `
import { strimziDefinitions } from './charts/src/strimzi-crds.ts'
const items = await strimziDefinitions(process.env)
if (items === undefined) { console.error('no Java of 21 or newer'); process.exit(1) }
console.log(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))`

/** Strimzi's own definitions of its custom resources as one JSON document, or why there are none on this machine. */
export const strimziDefinitions = async (): Promise<
  { readonly json: string } | { readonly reason: string }
> => {
  const node = ['--input-type=module', '--eval', print]
  const { code, stdout, stderr } = await attempt(process.execPath, node, {
    signal: AbortSignal.timeout(240_000),
  })
  return code === 0 ? { json: stdout } : { reason: `no definitions of Strimzi: ${stderr.trim()}` }
}

/** An object of the chart as far as the tests look at it. */
export interface Named {
  readonly kind: string
  readonly metadata: { readonly name: string }
}

const printRender = `
import { render } from './charts/src/helm.ts'
const [options] = process.argv.slice(1)
const objects = await render(JSON.parse(options))
console.log(JSON.stringify(objects.map(({ body }) => body)))`

/** The objects that flux-infra renders to for Strimzi with a file of values. */
export const strimziObjects = async (
  values: string,
  namespace: string,
): Promise<readonly Named[]> => {
  // The Prometheus operator's definitions are not there.
  const set = ['kafka.provider=strimzi', 'kafka.strimzi.podMonitor.enabled=false']
  const chart = { chart: 'flux-infra', release: 'blue-infra', values: [values] }
  const options = JSON.stringify({ ...chart, namespace, set })
  const node = ['--input-type=module', '--eval', printRender, options]
  const objects: readonly Named[] = JSON.parse(await run(process.execPath, node))
  return objects
}

/** What of `sent` is missing in, or differs from, `kept`: paths such as `spec.kafka.listeners.0.tls`. */
export const pruned = (sent: unknown, kept: unknown, path = ''): readonly string[] => {
  if (typeof sent !== 'object' || sent === null) return sent === kept ? [] : [path]
  return Object.entries(sent).flatMap(([key, value]) =>
    // An empty field and none are the same to the API server.
    value === null
      ? []
      : pruned(value, Reflect.get(Object(kept), key), path === '' ? key : `${path}.${key}`),
  )
}
