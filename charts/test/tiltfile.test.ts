import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { render } from '../src/helm.ts'
import { isMap, type Json, type JsonMap, list, map, text } from '../src/json.ts'
import { containersOf, podsOf, type Resource, resource } from '../src/resource.ts'
import { tiltfileProblems } from '../src/tilt/checks.ts'
import { collectFacts, type Facts, repository, tiltValues } from '../src/tilt/facts.ts'
import {
  allBefore,
  appliedObjects,
  callsOf,
  environmentOf,
  imageBuilds,
  stringsOf,
  tiltResources,
} from '../src/tilt/recording.ts'
import { type Call, runTiltfile } from '../src/tilt/run.ts'
import { installStarlark } from '../src/tilt/starlark.ts'
import { faults } from './tiltfile-faults.ts'

const starlark = await installStarlark(process.env).catch((error: Error) => error.message)

const providers = ['strimzi', 'standalone'] as const
type Provider = (typeof providers)[number]

let tiltfile = ''
let facts: Facts

const run = (provider: Provider, change: Partial<Facts> = {}, source = tiltfile) => {
  if (typeof starlark === 'string') throw new Error(starlark)
  const environment = { KAFKA_PROVIDER: provider }
  return runTiltfile(starlark, source, { ...facts, environment, ...change })
}

const infra = (provider: Provider): Promise<readonly Resource[]> =>
  render({
    chart: 'flux-infra',
    values: ['values-dev.yaml'],
    set: [`kafka.provider=${provider}`],
  })

// To make up an image from its sources takes a second; these three are of each kind.
const some = (ref: string): boolean => ['flux/sandbox', 'flux/frontend', 'flux/cli'].includes(ref)

const releases = (calls: readonly Call[]) => callsOf(calls, 'helm_resource')

describe.skipIf(typeof starlark === 'string')(
  `the Tiltfile${typeof starlark === 'string' ? ` (needs Go, or its interpreter in the cache: ${starlark.split('\n')[0]})` : ''}`,
  () => {
    beforeAll(async () => {
      tiltfile = await readFile(join(repository, 'Tiltfile'), 'utf8')
      facts = await collectFacts()
    })

    describe.each(providers)('with Kafka by %s', (provider) => {
      it('names only what is there, and everything that is needed', async () => {
        const problems = await tiltfileProblems(await run(provider), await infra(provider))
        expect(problems).toEqual([])
      })

      it('renders the charts with the values that they are tested with', async () => {
        const calls = await run(provider)
        const values = tiltValues.map((file) => `charts/flux/${file}`)
        expect(callsOf(calls, 'helm')).toEqual([
          {
            chart: 'charts/flux',
            name: 'flux',
            namespace: 'flux',
            values,
            set: ['checkApis=false'],
          },
        ])
        expect(releases(calls).find(({ name }) => name === 'flux-infra')).toMatchObject({
          chart: 'charts/flux-infra',
          namespace: 'flux',
          flags: ['--values=charts/flux-infra/values-dev.yaml', `--set=kafka.provider=${provider}`],
        })
      })

      it('makes the secrets of that provider', async () => {
        const secrets = tiltResources(await run(provider)).get('secrets')
        expect(secrets && environmentOf(secrets)).toEqual({
          NAMESPACE: 'flux',
          CLUSTER: 'flux',
          RELEASE: 'flux',
          KAFKA_PROVIDER: provider,
        })
      })

      it('builds for the job what the release is given, under keys that the chart has', async () => {
        const calls = await run(provider)
        const [release] = releases(calls).filter(({ name }) => name === 'flux-infra')
        const given = stringsOf(release?.['image_deps'])
        const jobs = podsOf(await infra(provider)).filter(({ owner }) => owner.kind === 'Job')
        const wanted = jobs.flatMap(containersOf).map((each) => text(each, 'image').split(':')[0])
        expect(given).toEqual(wanted)
        const set = list(release, 'image_keys').flatMap((keys, at) =>
          list({ keys }, 'keys').map(
            (key, part) => `${key}=${['reg.example', given[at], 't1'][part]}`,
          ),
        )
        const options = { values: ['values-dev.yaml'], set: [`kafka.provider=${provider}`, ...set] }
        const changed = podsOf(await render({ chart: 'flux-infra', ...options }))
        const images = changed
          .filter(({ owner }) => owner.kind === 'Job')
          .flatMap(containersOf)
          .map((each) => text(each, 'image'))
        expect(images).toEqual(given.map((ref) => `reg.example/${ref}:t1`))
      })
    })

    it('installs the operator that the scripts install, and only where it is asked for', async () => {
      const script = await readFile(join(repository, 'scripts/cluster/lib.sh'), 'utf8')
      const version = /STRIMZI_VERSION:=([\d.]+)/.exec(script)?.[1]
      const chart = /STRIMZI_CHART:=([^}]+)\}/.exec(script)?.[1]
      const [operator] = releases(await run('strimzi'))
      expect(operator).toMatchObject({ name: 'strimzi', chart, namespace: 'strimzi' })
      expect(stringsOf(operator?.['flags'])).toContain(`--version=${version}`)
      const standalone = tiltResources(await run('standalone'))
      expect(standalone.has('strimzi') || standalone.has('crds-ready')).toBe(false)
    })

    it('applies no test pod, and takes no label off the namespace', async () => {
      const applied = appliedObjects(await run('standalone'))
      expect(applied.filter(({ kind }) => kind === 'Pod')).toEqual([])
      expect(applied.filter(({ kind }) => kind === 'Namespace')).toEqual(
        facts.kustomize['k8s/base']?.map(resource),
      )
    })

    it('writes into containers of a user who may, and into no others', async () => {
      const pods = podsOf(appliedObjects(await run('standalone')))
      const users = pods.map(({ spec }) => map(spec, 'securityContext')['runAsUser'])
      expect(new Set(users)).toEqual(new Set([65532]))
      const roots = pods.flatMap(containersOf).map((each) => map(each, 'securityContext'))
      expect(roots.filter((each) => each['readOnlyRootFilesystem'] !== false)).toEqual([])
      const images = imageBuilds(await run('standalone'))
      const fixed = images.filter(({ steps }) => steps.length === 0)
      expect(fixed.map(({ ref, target }) => [ref, target])).toEqual([['flux/cli', 'runtime']])
    })

    it('lets what needs no Kafka start without it', async () => {
      const resources = tiltResources(await run('strimzi'))
      const early = [...resources.keys()].filter(
        (name) => !allBefore(resources, name).has('kafka-ready'),
      )
      expect(early).toEqual(expect.arrayContaining(['flux-frontend', 'flux-sandbox']))
    })

    it('leads to the page on the port that kind opens', async () => {
      const page = tiltResources(await run('standalone')).get('flux-frontend')
      expect(list(page?.given, 'links')).toEqual([{ url: 'http://localhost:8088', name: 'Flux' }])
    })

    it('runs the smoke test when all is up, and the others when asked', async () => {
      const calls = await run('standalone')
      const resources = tiltResources(calls)
      const workloads = podsOf(appliedObjects(calls)).map(({ owner }) => owner.name)
      expect([...allBefore(resources, 'smoke')]).toEqual(expect.arrayContaining(workloads))
      expect(resources.get('smoke')).toMatchObject({ startsByItself: true, manual: true })
      for (const name of ['check', 'chart', 'test']) {
        expect(resources.get(name)).toMatchObject({
          command: `make ${name}`,
          startsByItself: false,
          manual: true,
        })
      }
    })

    it('gives k6 the address by the name that the script reads', async () => {
      const [button] = callsOf(await run('standalone'), 'cmd_button')
      const [, , , setting = '', script = ''] = stringsOf(button?.['argv'])
      const [name, url] = setting.split('=')
      expect(url).toBe('http://localhost:8088')
      const own = await readFile(join(repository, script), 'utf8')
      expect(own).toMatch(/from '\.\/flux\.js'/)
      const shared = await readFile(join(repository, dirname(script), 'flux.js'), 'utf8')
      expect(shared).toMatch(new RegExp(`__ENV\\.${name}\\b`))
      expect(tiltResources(await run('standalone')).has(text(button, 'resource'))).toBe(true)
    })

    it('is the same whatever the order in which Tilt reads maps', async () => {
      const backwards = (_: string, value: Json) =>
        isMap(value) ? Object.fromEntries(Object.entries(value).reverse()) : value
      const { json, yaml, helm }: Facts = JSON.parse(JSON.stringify(facts, backwards))
      expect(await run('standalone', { json, yaml, helm })).toEqual(await run('standalone'))
    })

    it('needs no line for a new domain', async () => {
      const lock = map(facts.json['package-lock.json'])
      const manifest = map(facts.json['services/news-service/package.json'])
      const packages = { ...map(lock, 'packages'), 'services/tide-service': {} }
      const json = {
        ...facts.json,
        'package-lock.json': { ...lock, packages },
        'services/tide-service/package.json': { ...manifest, name: '@flux/tide-service' },
      }
      const [news] =
        facts.helm['charts/flux']?.filter(
          (each) =>
            each['kind'] === 'Deployment' && text(each, 'metadata', 'name') === 'flux-news-service',
        ) ?? []
      const tide: JsonMap = JSON.parse(JSON.stringify(news).replaceAll('news', 'tide'))
      const helm = { 'charts/flux': [...(facts.helm['charts/flux'] ?? []), tide] }
      const paths = { ...facts.paths, 'services/tide-service/src': true as const }
      const calls = await run('standalone', { json, helm, paths })
      const built = imageBuilds(calls).find(({ ref }) => ref === 'flux/tide-service')
      expect(built).toMatchObject({ app: 'services/tide-service', target: 'dev' })
      expect(built?.syncs).toContainEqual({
        local: 'services/tide-service/src',
        remote: '/app/services/tide-service/src',
      })
      expect(tiltResources(calls).get('flux-tide-service')?.waitsFor).toContain('kafka-ready')
    })

    it.each([
      ['another context', { context: 'prod' }, 'kubectl config use-context kind-flux'],
      [
        'another provider',
        { environment: { KAFKA_PROVIDER: 'confluent' } },
        'it is strimzi or standalone',
      ],
      [
        'an image of no workspace',
        { json: { 'package-lock.json': { packages: {} } } },
        'no package.json has the name @flux/bff',
      ],
    ])('refuses %s with a sentence', async (_, change, message) => {
      await expect(run('strimzi', change)).rejects.toThrow(message)
    })

    it('uses nothing that Starlark has and Tilt has not', () => {
      expect(tiltfile).not.toMatch(/\b(json|time|math)\.\w/)
    })

    describe.each(providers)('the checks, with Kafka by %s', (provider) => {
      it.each(faults[provider])('find: %s', async (problem, from, to) => {
        expect(tiltfile.includes(from)).toBe(true)
        const found = await run(
          provider,
          {},
          tiltfile.replaceAll(from, () => to),
        ).then(
          async (calls) => tiltfileProblems(calls, await infra(provider), some),
          (error: Error) => [error.message],
        )
        expect(found.join('\n')).toContain(problem)
      })
    })
  },
)
