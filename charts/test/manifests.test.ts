import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chartsFolder, platformCharts, render } from '../src/helm.ts'
import { isMap, type Json, type JsonMap, map, sorted, strings } from '../src/json.ts'
import { manifestFiles, overlays } from '../src/manifests/overlays.ts'
import { runProgram } from '../src/program.ts'
import { isHook, parseResources, type Resource, titleOf } from '../src/resource.ts'
import { findTools } from '../src/tools.ts'

const folder = join(chartsFolder, '..', 'k8s')
const { kubectl } = await findTools(process.env)

const built = async (overlay: string): Promise<readonly Resource[]> =>
  parseResources(
    await runProgram(kubectl ?? 'kubectl', ['kustomize', join(folder, 'overlays', overlay)]),
  )

const installed = async (index: number): Promise<readonly Resource[]> => {
  const overlay = overlays[index]
  const renders = platformCharts.map((chart) => render({ chart, ...overlay?.render[chart] }))
  return (await Promise.all(renders)).flat().filter((one) => !isHook(one))
}

const isIgnored = (key: string): boolean =>
  key.startsWith('helm.sh/') || key === 'app.kubernetes.io/managed-by'

// Without what Helm writes for itself; an empty list of annotations says nothing.
const bare = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(bare)
  if (!isMap(value)) return value
  const entries = Object.entries(value)
    .filter(([key]) => !isIgnored(key))
    .map(([key, inner]) => [key, bare(inner)] as const)
    .filter(([key, inner]) => key !== 'annotations' || JSON.stringify(inner) !== '{}')
  return Object.fromEntries(entries)
}

const comparable = (resources: readonly Resource[]): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    resources.map((one) => [titleOf(one), sorted(bare(one.body))] as const).toSorted(),
  )

describe('the manifests', () => {
  it('are what the charts render (make manifests)', async () => {
    for (const [path, content] of await manifestFiles()) {
      expect(readFileSync(join(folder, path), 'utf8'), `k8s/${path}`).toBe(content)
    }
  })
})

describe.each(overlays.map(({ name }, index) => ({ name, index })))(
  'the overlay $name',
  ({ name, index }) => {
    it.skipIf(!kubectl)(
      'is built by kubectl into the objects of the charts and a namespace',
      async () => {
        const found = await built(name)
        const [namespace] = found.filter(({ kind }) => kind === 'Namespace')
        const others = found.filter(({ kind }) => kind !== 'Namespace')
        expect(strings(namespace?.body, 'metadata', 'labels')).toMatchObject({
          'pod-security.kubernetes.io/enforce': 'restricted',
          'pod-security.kubernetes.io/audit': 'restricted',
          'pod-security.kubernetes.io/warn': 'restricted',
        })
        expect(comparable(others)).toEqual(comparable(await installed(index)))
      },
    )

    it('has the selectors that the charts have now: they cannot change in an upgrade', async () => {
      const selectors = (resources: readonly Resource[]) =>
        Object.fromEntries<JsonMap>(
          resources
            .filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind))
            .map((one) => [titleOf(one), map(one.body, 'spec', 'selector')] as const)
            .toSorted(),
        )
      const committed = platformCharts.flatMap((chart) =>
        parseResources(readFileSync(join(folder, 'overlays', name, `${chart}.yaml`), 'utf8')),
      )
      const now = selectors(await installed(index))
      expect(now).toEqual(selectors(committed))
      const keys = Object.values(now).flatMap((selector) =>
        Object.keys(selector['matchLabels'] ?? {}),
      )
      expect(new Set(keys)).toEqual(
        new Set(['name', 'instance', 'component'].map((key) => `app.kubernetes.io/${key}`)),
      )
    })

    it('holds no Secret and nothing of helm test', async () => {
      const text = platformCharts.map((chart) =>
        readFileSync(join(folder, 'overlays', name, `${chart}.yaml`), 'utf8'),
      )
      expect(text.join('\n')).not.toMatch(/^kind: Secret$|helm\.sh/m)
    })
  },
)
