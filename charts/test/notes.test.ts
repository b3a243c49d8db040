import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chartsFolder, type RenderOptions, render, renderNotes } from '../src/helm.ts'
import { fluxOptions, infraOptions, observeOptions } from '../src/matrix.ts'
import { isHook, podsOf, type Resource } from '../src/resource.ts'

const kinds: Readonly<Record<string, string>> = {
  service: 'Service',
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
  job: 'Job',
  ingress: 'Ingress',
  httproute: 'HTTPRoute',
  kafka: 'Kafka',
  kafkatopic: 'KafkaTopic',
  kafkauser: 'KafkaUser',
}

const commandsOf = (notes: string): readonly string[] =>
  notes
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^([A-Z_]+=\S+ )*(kubectl|helm|scripts\/)/.test(line))

const has = (resources: readonly Resource[], kind: string, name: string): boolean =>
  resources.some((one) => one.kind === kinds[kind] && one.name === name)

const named = /\b(\w+)[/ ]([a-z][\w.-]*)/g

// `kind/name`, and `kind name` after get: whatever begins with a kind that we know.
const missingObjects = (command: string, resources: readonly Resource[]): readonly string[] =>
  [...command.matchAll(named)]
    .filter(([, kind = '']) => kind in kinds)
    .filter(([, kind = '', name = '']) => !has(resources, kind, name))
    .map(([found]) => found)

const missingLabels = (command: string, resources: readonly Resource[]): readonly string[] => {
  const labels = [
    ...resources.map((one) => one.labels),
    ...podsOf(resources).map((one) => one.labels),
  ]
  const wanted = [...command.matchAll(/(?:-l|--selector)[ =](\S+)=(\S+)/g)]
  return wanted
    .filter(([, key = '', value = '']) => !labels.some((some) => some[key] === value))
    .map(([found]) => found)
}

const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')

// A helm command of the notes, as it would be typed: the values it sets must be taken.
const rendersAsTold = async (command: string): Promise<void> => {
  // In capitals stands what only the reader knows: a network.
  const words = wordsOf(command.replaceAll(/"[A-Z]+(-[A-Z]+)+"/g, '"10.1.0.0/16"'))
  const chart = words.find((word) => word.startsWith('charts/'))
  if (chart !== 'charts/flux') return
  const after = (option: RegExp) => words.filter((_, index) => option.test(words[index - 1] ?? ''))
  const [set, setJson] = [after(/^--set(-string)?$/), after(/^--set-json$/)]
  await render({ chart: 'flux', release: words[3] ?? '', set, setJson })
}

const cases: readonly (readonly [string, RenderOptions])[] = [
  ['flux with defaults', fluxOptions('default')],
  ['flux for development', fluxOptions('dev')],
  ['flux with everything', fluxOptions('all-on')],
  ['flux with little', fluxOptions('minimal')],
  [
    'flux with a route',
    {
      ...fluxOptions('default'),
      set: [
        'httpRoute.enabled=true',
        'httpRoute.parentRefs[0].name=public',
        'networkPolicy.ingressFrom[0].ipBlock.cidr=10.1.0.0/16',
      ],
    },
  ],
  ['flux under another name', { ...fluxOptions('default'), release: 'blue', namespace: 'here' }],
  ['flux-infra with Strimzi', infraOptions('default', 'strimzi')],
  ['flux-infra with one broker', infraOptions('dev', 'standalone')],
  ['flux-infra elsewhere', infraOptions('all-on', 'external')],
  ['flux-infra with little', infraOptions('minimal', 'external')],
  ['flux-observe', observeOptions],
]

describe.each(cases)('the notes of %s', (_, options) => {
  it('hold commands that meet what is installed', async () => {
    const resources = await render(options)
    const commands = commandsOf(await renderNotes(options))
    expect(commands.length).toBeGreaterThan(0)
    expect(commands.flatMap((command) => missingObjects(command, resources))).toEqual([])
    expect(commands.flatMap((command) => missingLabels(command, resources))).toEqual([])
    for (const command of commands) await rendersAsTold(command)
    if (commands.some((command) => command.startsWith('helm test'))) {
      expect(resources.some(isHook)).toBe(true)
    }
  })

  it('name scripts that are there', async () => {
    const scripts = (await renderNotes(options)).match(/scripts\/[\w./-]+/g) ?? []
    expect(scripts.filter((path) => !existsSync(join(chartsFolder, '..', path)))).toEqual([])
  })
})
