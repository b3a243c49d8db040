import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type ChartName, chartNames, type RenderOptions, renderText } from '../src/helm.ts'
import { at, isMap, type Json, type JsonMap } from '../src/json.ts'
import {
  fluxOptions,
  infraOptions,
  observeOptions,
  type Provider,
  providers,
} from '../src/matrix.ts'
import {
  type ChartValue,
  chartFile,
  openPlaces,
  schemaAt,
  schemaOf,
  schemaPaths,
  valuesOf,
} from '../src/values.ts'
import { changesOf, type Marked, markFor, nested } from './changes.ts'

const scratch = await mkdtemp(join(tmpdir(), 'flux-values-'))
afterAll(() => rm(scratch, { recursive: true }))

let files = 0

const renderWith = async (base: RenderOptions, values: JsonMap): Promise<string> => {
  files += 1
  const file = join(scratch, `${files}.json`)
  await writeFile(file, JSON.stringify(values))
  return renderText({ ...base, values: [...(base.values ?? []), file] })
}

// As a file, not as --set, which would go before what is changed.
const withBase = async (base: RenderOptions, values: JsonMap): Promise<RenderOptions> => {
  const file = join(scratch, `base-${JSON.stringify(values).length}.json`)
  await writeFile(file, JSON.stringify(values))
  return { ...base, set: [], values: [...(base.values ?? []), file] }
}

const flux = fluxOptions('all-on')
const peers = [{ ipBlock: { cidr: '10.1.0.0/16' } }]

const elsewhere: JsonMap = {
  kafka: { bootstrapServers: 'kafka.example.org:9093' },
  valkey: {
    external: { host: 'valkey.example.org', existingSecret: 'valkey', caSecret: 'valkey-ca' },
  },
  networkPolicy: { kafkaEgress: peers, valkeyEgress: peers },
  providerEgress: { extraCa: { configMap: '', secret: 'ca' }, proxy: { https: '', http: '' } },
  bff: { autoscaling: { enabled: false } },
  serviceDefaults: { keys: ['DEFAULT_KEY'] },
  services: { second: { existingSecret: 'second' }, third: { keys: ['THIRD_KEY'] } },
}

const infra = (provider: Provider): Promise<RenderOptions> =>
  withBase(infraOptions('all-on', provider), {
    kafka: { provider, external: { bootstrapServers: ['kafka.example.org:9093'] } },
  })

const minimal = (provider: Provider): Promise<RenderOptions> =>
  withBase(infraOptions('minimal', provider), { kafka: { provider } })

// Values that others switch off are seen in one of these at least.
const bases: Readonly<Record<ChartName, readonly RenderOptions[]>> = {
  flux: [
    await withBase(flux, elsewhere),
    flux,
    await withBase(flux, { sandbox: { enabled: true }, bff: { autoscaling: { metric: 'cpu' } } }),
  ],
  'flux-infra': [
    ...(await Promise.all(providers.map(infra))),
    await minimal('strimzi'),
    await minimal('standalone'),
  ],
  'flux-observe': [observeOptions],
}

// What no render shows: a guard that asks the cluster, and what is only passed on to the notes.
const unseen: Readonly<Record<ChartName, readonly string[]>> = {
  flux: ['checkApis'],
  'flux-infra': [
    'checkApis',
    'valkey.external.port',
    'valkey.external.tls',
    'valkey.external.existingSecret',
  ],
  'flux-observe': [],
}

const isSeen =
  (chart: ChartName) =>
  ({ path }: ChartValue): boolean =>
    path[0] !== 'services' && !unseen[chart].includes(path.join('.'))

interface MarkedValue extends Marked {
  readonly value: ChartValue
}

// All at once, each with a mark of its own that the render has to show. Where they do not go together, by halves.
const shownIn = async (
  base: RenderOptions,
  marked: readonly MarkedValue[],
): Promise<readonly ChartValue[]> => {
  const before = await renderText(base)
  const samples = nested(marked.map(({ value, sample }) => [value.path, sample]))
  const after = await renderWith(base, samples).catch(() => undefined)
  if (after !== undefined) {
    const isShown = ({ mark }: Marked) => after.includes(mark) && !before.includes(mark)
    return marked.filter(isShown).map(({ value }) => value)
  }
  if (marked.length < 2) return []
  const half = Math.ceil(marked.length / 2)
  const halves = [marked.slice(0, half), marked.slice(half)]
  return (await Promise.all(halves.map((some) => shownIn(base, some)))).flat()
}

const withMarks = (base: RenderOptions, schema: JsonMap, values: readonly ChartValue[]) => {
  const marked = values.flatMap((value, index) => {
    const change = markFor(value.path, schemaAt(schema, value.path), index)
    return change ? [{ value, ...change }] : []
  })
  return shownIn(base, marked)
}

// One at a time, in every form that the schema allows, until the render differs.
const changesSomething = async (
  base: RenderOptions,
  value: ChartValue & { readonly schema: JsonMap | undefined },
  signal: AbortSignal,
) => {
  const before = await renderText(base)
  for (const change of changesOf(value, value.schema)) {
    signal.throwIfAborted()
    const after = await renderWith(base, nested([[value.path, change]])).catch(() => before)
    if (after !== before) return true
  }
  return false
}

const unusedOf = async (chart: ChartName, signal: AbortSignal): Promise<readonly string[]> => {
  const schema = schemaOf(chart)
  let left = valuesOf(chartFile(chart, 'values.yaml')).filter(isSeen(chart))
  for (const base of bases[chart]) {
    const shown = new Set(await withMarks(base, schema, left))
    left = left.filter((value) => !shown.has(value))
  }
  for (const base of bases[chart]) {
    const checked = left.map(async (value) => ({
      value,
      used: await changesSomething(
        base,
        { ...value, schema: schemaAt(schema, value.path) },
        signal,
      ),
    }))
    left = (await Promise.all(checked)).filter(({ used }) => !used).map(({ value }) => value)
  }
  return left.map(({ path }) => path.join('.'))
}

describe.each(chartNames)('the values of %s', (chart) => {
  const schema = schemaOf(chart)
  const values = valuesOf(chartFile(chart, 'values.yaml'))

  it('each have a place in the schema and a sentence', () => {
    const own = values.filter(({ path }) => path[0] !== 'services')
    expect(
      own.filter(({ path }) => !schemaAt(schema, path)).map(({ path }) => path.join('.')),
    ).toEqual([])
    expect(own.filter(({ help }) => help === '').map(({ path }) => path.join('.'))).toEqual([])
  })

  it('are all that the schema knows', () => {
    const known = new Set(values.map(({ path }) => path.join('.')))
    const isKnown = (path: readonly string[]) =>
      path.some((_, index) => known.has(path.slice(0, index + 1).join('.')))
    const paths = schemaPaths(schema).map(({ path }) => path)
    expect(paths.filter((path) => !isKnown(path)).map((path) => path.join('.'))).toEqual([])
  })

  it('take no key that nobody knows, at any depth', () => {
    // An umbrella chart puts values of its own under `global`.
    expect(openPlaces(schema).filter((place) => place !== 'global')).toEqual([])
  })

  it('each change what is rendered', async ({ signal }) => {
    expect(await unusedOf(chart, signal)).toEqual([])
  }, 300_000)
})

describe('wrong values', () => {
  const refused = async (base: RenderOptions, values: JsonMap): Promise<string> => {
    const told = await renderWith(base, values).then(
      () => 'rendered',
      (error: unknown) => String(error),
    )
    return told
  }

  const defaults = fluxOptions('default')
  const ofInfra: RenderOptions = { chart: 'flux-infra' }

  it.each<readonly [string, RenderOptions, JsonMap, RegExp]>([
    ['a misspelt key', defaults, { bff: { replica: 2 } }, /replica/],
    [
      'a misspelt key of one service',
      defaults,
      { services: { weather: { replica: 2 } } },
      /replica/,
    ],
    [
      'a word for a number',
      defaults,
      { bff: { replicas: 'two' } },
      /bff.replicas.*(integer|number)/s,
    ],
    [
      'a metric that is none',
      defaults,
      { bff: { autoscaling: { metric: 'sockets' } } },
      /metric.*connections/s,
    ],
    [
      'too short a grace',
      defaults,
      { bff: { terminationGracePeriodSeconds: 12 } },
      /terminationGracePeriodSeconds/,
    ],
    [
      'a limit without a unit',
      defaults,
      { bff: { resources: { limits: { memory: '512' } } } },
      /memory/,
    ],
    [
      'a network that is none',
      defaults,
      { bff: { trustedProxies: ['everybody'] } },
      /trustedProxies/,
    ],
    ['a provider that is none', ofInfra, { kafka: { provider: 'kraft' } }, /provider.*standalone/s],
    [
      'an external Kafka without an address',
      ofInfra,
      { kafka: { provider: 'external' } },
      /bootstrapServers/,
    ],
    [
      'a topic that is none',
      ofInfra,
      { kafka: { topics: { overrides: { weather: { partitions: 6 } } } } },
      /there is no topic/,
    ],
    ['more replicas than nodes', ofInfra, { kafka: { replicationFactor: 3 } }, /replic/i],
    ['a misspelt key', ofInfra, { valkey: { extern: {} } }, /extern/],
  ])('such as %s are refused with a message that names them', async (_, base, values, message) => {
    expect(await refused(base, values)).toMatch(message)
  })

  it.each(chartNames)('of Kubernetes that is too old are refused by %s', async (chart) => {
    const told = renderText({ chart, kubeVersion: '1.29.0' })
    await expect(told).rejects.toThrow(/kubeVersion: >=1\.30/)
  })

  it('leave nothing to guess: where the API lacks, the message says what to install', async () => {
    // Rendered without a cluster: one that lacks everything.
    const set = ['checkApis=true', 'kafka.provider=strimzi']
    await expect(renderText({ chart: 'flux-infra', set })).rejects.toThrow(
      /helm .*install.*strimzi/s,
    )
  })
})

describe('the samples', () => {
  it('are put where their path says', () => {
    const samples: JsonMap = nested([
      [['a', 'b'], 1],
      [['a', 'c'], 2],
    ])
    expect(isMap(samples['a'])).toBe(true)
    const found: Json | undefined = at(samples, 'a', 'c')
    expect(found).toBe(2)
  })
})
