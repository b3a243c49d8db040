import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '@flux/scripts/install'
import { installPrometheus } from '@flux/scripts/prometheus'
import { afterAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import {
  allowedEdges,
  homeNamespace,
  type Party,
  portsIn,
  systemNamespace,
} from '../src/checks/network.ts'
import { chartsFolder, render } from '../src/helm.ts'
import { at, list, map, text } from '../src/json.ts'
import { fluxOptions, infraOptions, observeOptions } from '../src/matrix.ts'
import { containersOf, podsOf, type Resource } from '../src/resource.ts'

const observe = await render({ ...observeOptions, set: ['runbooks=https://example.org/runbooks'] })
const flux = await render({ ...fluxOptions('dev'), release: 'flux' })
const scratch = await mkdtemp(join(tmpdir(), 'flux-observe-'))
afterAll(() => rm(scratch, { recursive: true }))

const dataOf = (name: string): Readonly<Record<string, unknown>> =>
  map(observe.find((one) => one.name === `flux-observe-${name}`)?.body, 'data')

const config: unknown = parse(String(dataOf('prometheus')['prometheus.yml']))

it('watches every process that the chart flux gives an address of its metrics, under the same job', () => {
  const jobs = list(JSON.parse(JSON.stringify(config)), 'scrape_configs').map((job) => [
    text(job, 'job_name'),
    String(list(list(job, 'dns_sd_configs')[0], 'names')[0]),
  ])
  const internal = flux.filter(({ labels }) => labels['flux.dev/metrics'] === 'true')
  const expected = internal.map(({ name, namespace, labels }) => [
    labels['app.kubernetes.io/component'] ?? '',
    `${name}.${namespace}.svc`,
  ])
  expect(jobs.toSorted()).toEqual(
    [...expected, ['kafka', 'flux-kafka-brokers.flux.svc']].toSorted(),
  )
})

it('has a configuration and rules that promtool takes, with runbooks where they can be read', async () => {
  await mkdir(join(scratch, 'rules'))
  const rules = Object.entries(dataOf('rules'))
  expect(rules.length).toBeGreaterThan(2)
  for (const [file, content] of rules) {
    await writeFile(join(scratch, 'rules', file), String(content))
    expect(String(content)).not.toContain('runbook_url: docs/')
  }
  const file = join(scratch, 'prometheus.yml')
  const here = String(dataOf('prometheus')['prometheus.yml'])
  await writeFile(file, here.replace('/etc/prometheus/rules', join(scratch, 'rules')))
  const { promtool } = await installPrometheus()
  expect(await run(promtool, ['check', 'config', file])).toMatch(/\d+ rules found/)
})

it('shows every dashboard of the chart flux', async () => {
  const files = await readdir(join(chartsFolder, 'flux/files/dashboards'))
  expect(Object.keys(dataOf('dashboards')).toSorted()).toEqual(files.toSorted())
  for (const [file, content] of Object.entries(dataOf('dashboards'))) {
    expect(JSON.parse(String(content)).title, file).toMatch(/^Flux/)
  }
})

it('can be reached from nowhere but its own pod', () => {
  expect(observe.filter(({ kind }) => ['Service', 'Ingress'].includes(kind))).toEqual([])
  const [prometheus, grafana] = podsOf(observe).flatMap(containersOf)
  expect(list(prometheus, 'args')).toContain('--web.listen-address=127.0.0.1:9090')
  const env = Object.fromEntries(
    list(grafana, 'env').map((one) => [text(one, 'name'), at(one, 'value')]),
  )
  expect(env['GF_SERVER_HTTP_ADDR']).toBe('127.0.0.1')
  expect(env['GF_AUTH_ANONYMOUS_ORG_ROLE']).toBe('Viewer')
})

const partiesOf = (resources: readonly Resource[]): readonly Party[] =>
  podsOf(resources).map((pod) => ({
    name: pod.labels['app.kubernetes.io/component'] ?? '',
    labels: pod.labels,
    namespace: homeNamespace,
    ports: portsIn(containersOf(pod)),
  }))

const dns: Party = {
  name: 'dns',
  labels: {},
  namespace: systemNamespace,
  ports: [{ name: 'dns', port: 53 }],
}

it('reaches the metrics and the DNS and nothing else', async () => {
  const infra = await render({ ...infraOptions('dev', 'standalone'), release: 'flux-infra' })
  const all = [...observe, ...flux, ...infra]
  const policies = all.filter(({ kind }) => kind === 'NetworkPolicy')
  const edges = allowedEdges(policies, [...partiesOf(all), dns])
  const scraped = flux
    .filter(({ labels }) => labels['flux.dev/metrics'] === 'true')
    .map(({ labels }) => `observe -> ${labels['app.kubernetes.io/component']}:9464`)
  const own = edges.filter((edge) => /\bobserve\b/.test(edge))
  expect(own).toEqual([...scraped, 'observe -> dns:53'].toSorted())
})
