import { dashboardQueries, ruleFiles, ruleQueries } from '@flux/observability'
import { type PrometheusApi, prometheusApi } from '@flux/observability/prometheus'
import { metricsIn, plainQuery, selectorsIn } from '@flux/observability/promql'
import { type Children, createChildren } from '@flux/scripts/children'
import { startPrometheus } from '@flux/scripts/prometheus'
import { type Stack, serviceNames, startStack } from '@flux/scripts/stack'
import { targetsOf } from '@flux/scripts/targets'
import { type Checker, eventually, openChecker } from '@flux/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const everySeconds = 2
const clients = 60
const rooms = ['crypto.global', 'crypto.BTC-USD', 'weather.oslo-no', 'stock.global', 'news.global']

const own = [...dashboardQueries(), ...ruleQueries()].filter(({ source }) => source === 'app')

/**
 * What has to return data: a panel's or a recording rule's query as a whole; of an alert, whose condition should not
 * hold, each of its selectors.
 */
const expressionsOf = ({ where, expr }: (typeof own)[number]): readonly string[] =>
  where.startsWith('alert') ? selectorsIn(expr) : [plainQuery(expr, everySeconds)]

describe('what dashboards and rules say of the running stack', () => {
  let stack: Stack
  let children: Children
  let prometheus: PrometheusApi
  const checkers: Checker[] = []
  const startedAt = Date.now()
  const lasted = () => (Date.now() - startedAt) / 1_000

  const fault = async (body: object) => {
    const response = await fetch(`${stack.sandbox?.url}/control/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(response.ok).toBe(true)
  }
  const live = () => checkers.every(({ client }) => client.status().phase === 'live')
  const active = async () => [...new Set((await prometheus.alerts()).map(({ name }) => name))]

  const scraped = (expr: string) =>
    eventually(expr, async () => (await prometheus.query(expr)).length > 0, 60_000)

  /** What is rare and has its panels: a connection refused, a call that fails, a replica that dies and comes back. */
  const provoke = async () => {
    await fetch(`${stack.url}/socket.io/?EIO=4&transport=polling`, {
      headers: { origin: 'https://elsewhere.example' },
    })
    await fetch(`${stack.url}/api/v1/channels`)
    await fetch(`${stack.url}/api/v1/places?q=ber`)
    await fault({ kind: 'status', provider: 'open-meteo', path: '/*', status: 500, count: 1 })
    const replica = stack.bff[1]
    await replica?.kill('SIGKILL')
    await eventually('all clients on the other replica', live, 30_000)
    await replica?.start()
  }

  beforeAll(async () => {
    stack = await startStack({
      services: Object.fromEntries(serviceNames.map((name) => [name, 1])),
      env: { bff: { MAX_CONNECTIONS_PER_ADDRESS: '1000' } },
    })
    children = await createChildren()
    const targets = targetsOf(stack.parts)
    const { url = '' } = await startPrometheus({ children, targets, ruleFiles, everySeconds })
    prometheus = prometheusApi(url)
    // A rate needs to have seen what was before.
    await scraped('min(count_over_time(up[5m])) >= 3')
    for (let index = 0; index < clients; index += 1) checkers.push(openChecker(stack.url, rooms))
    await eventually('all clients are live', live, 60_000)
    await provoke()
    // Clients tell their latencies every 30 s.
    await scraped('sum(increase(flux_client_latency_seconds_count[1m])) > 0')
  }, 240_000)

  afterAll(async () => {
    for (const checker of checkers) checker.close()
    await children?.close()
    await stack?.close()
  })

  it('is made of metrics that exist', async () => {
    const names = await prometheus.names()
    const missing = own.flatMap(({ where, what, expr }) =>
      [...metricsIn(plainQuery(expr, everySeconds))]
        .filter((name) => !names.has(name))
        .map((name) => `${where}, ${what}: ${name}`),
    )
    expect(missing).toEqual([])
  })

  it('is data, for every query on our own metrics', async () => {
    const silent: string[] = []
    for (const query of own) {
      for (const expr of expressionsOf(query)) {
        const values = await prometheus.values(expr, lasted())
        if (!values.some(Number.isFinite)) silent.push(`${query.where}, ${query.what}: ${expr}`)
      }
    }
    expect(silent).toEqual([])
  })

  it('raises no alert while all is well', async () => {
    await eventually('no alert', async () => (await active()).length === 0, 60_000)
  })

  it('names the channel and the provider when one dies, and nothing else', async () => {
    await fault({ kind: 'refuse', provider: 'coinbase' })
    await fault({ kind: 'drop', provider: 'coinbase' })
    await eventually('an alert', async () => (await active()).length > 0, 120_000)
    const stale = 'sum by (channel) (flux_channel_rooms{state="stale"}) > 0'
    const isStale = async () =>
      (await prometheus.query(stale)).some(({ labels }) => labels['channel'] === 'crypto.ticker')
    await eventually('prices are stale', isStale, 120_000)
    const why = await prometheus.query('flux_source_state{provider="coinbase", state="down"} == 1')
    expect(why).toHaveLength(1)
    expect(await active()).toEqual(['FluxProviderDown'])
  }, 250_000)
})
