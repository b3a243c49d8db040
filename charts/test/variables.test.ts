import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '@flux/scripts/install'
import { afterAll, describe, expect, it } from 'vitest'
import { type Described, describeProcesses, sandboxVariables } from '../src/code-edges.ts'
import { chartsFolder, render } from '../src/helm.ts'
import { type Json, list, text } from '../src/json.ts'
import { fluxOptions, type ValueSet } from '../src/matrix.ts'
import { type Pod, podsOf } from '../src/resource.ts'

// What Node itself reads, and what is left of the values for a test.
const ofNode = new Set([
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'NODE_USE_ENV_PROXY',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'OTEL_NODE',
])

const processes = await describeProcesses()

const componentOf = ({ labels }: Pod): string => labels['app.kubernetes.io/component'] ?? ''

const podOf = async (set: ValueSet, component: string): Promise<Pod | undefined> =>
  podsOf(await render(fluxOptions(set))).find((pod) => componentOf(pod) === component)

const entriesOf = (pod: Pod | undefined): readonly Json[] =>
  list(list(pod?.spec, 'containers')[0], 'env')

const settingOf = (name: string): string => name.replace(/_FILE$/, '')

const cases = (sets: readonly ValueSet[]) =>
  sets.flatMap((set) => processes.map((process) => ({ set, process, name: process.name })))

const isThere = (set: ValueSet, name: string): boolean => name !== 'sandbox' || set === 'dev'

const running = cases(['default', 'dev', 'all-on']).filter(({ set, name }) => isThere(set, name))

describe.each(running)('$name with values $set', ({ set, process }) => {
  it('gets only variables that it knows, and all it must have', async () => {
    const given = entriesOf(await podOf(set, process.name)).map((entry) => text(entry, 'name'))
    const known = new Set(process.settings.map(({ env }) => env))
    expect(given.length).toBeGreaterThan(0)
    expect(given.filter((name) => !known.has(settingOf(name)) && !ofNode.has(name))).toEqual([])
    const required = process.settings.filter((row) => row.required).map(({ env }) => env)
    expect(required.filter((env) => !given.map(settingOf).includes(env))).toEqual([])
  })
})

const scratch = await mkdtemp(join(tmpdir(), 'flux-charts-'))
afterAll(() => rm(scratch, { recursive: true }))

const certificate = '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n'
const sessionKeys = `a:${'k'.repeat(43)}`

const samples: Readonly<Record<string, string>> = {
  'ca.crt': certificate,
  keys: sessionKeys,
}

// A file as the kubelet would mount it, with something that could be in it.
const sampleFile = async (path: string): Promise<string> => {
  const file = join(scratch, path)
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, samples[path.split('/').at(-1) ?? ''] ?? 'sample')
  return file
}

const environmentOf = async (pod: Pod | undefined): Promise<Record<string, string>> => {
  const pairs = entriesOf(pod).map(async (entry): Promise<readonly [string, string]> => {
    const [name, value] = [text(entry, 'name'), text(entry, 'value')]
    if (name.endsWith('_FILE')) return [name, await sampleFile(value)]
    return [name, value === '' ? 'from-the-pod' : value]
  })
  const own = Object.fromEntries(await Promise.all(pairs))
  const { NODE_EXTRA_CA_CERTS: _, ...rest } = own
  return rest
}

const folderOf = ({ name }: Described): string =>
  join(chartsFolder, '..', name.endsWith('-service') ? `services/${name}` : name)

const checkConfiguration = async (process: Described, set: ValueSet): Promise<string> => {
  const environment = await environmentOf(await podOf(set, process.name))
  const assignments = Object.entries(environment).map(([name, value]) => `${name}=${value}`)
  const command = [...assignments, globalThis.process.execPath, 'src/main.ts', '--check-config']
  return run('env', command, { cwd: folderOf(process) })
}

const checked = cases(['dev', 'all-on']).filter(
  ({ set, name }) => (name === 'sandbox') === (set === 'dev'),
)

describe.each(checked)('$name with values $set', ({ set, process }) => {
  it('takes the configuration that the chart gives it', async () => {
    await expect(checkConfiguration(process, set)).resolves.toContain('INTERNAL_PORT')
  })
})

describe('the sandbox', () => {
  const services = processes.filter(({ name }) => name.endsWith('-service'))

  it.each(services)(
    'is where $name is led, just as in the stack without a cluster',
    async ({ name }) => {
      const entries = entriesOf(await podOf('dev', name))
      const wanted = sandboxVariables(name, 'http://flux-sandbox:4000')
      const found = entries
        .map((entry) => [text(entry, 'name'), text(entry, 'value')] as const)
        .filter(([variable, value]) => variable in wanted || value.includes('sandbox'))
      expect(Object.fromEntries(found)).toEqual(wanted)
    },
  )
})
