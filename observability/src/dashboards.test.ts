import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dashboardQueries, dashboards } from './dashboards.ts'
import { repository } from './files.ts'
import { exporters } from './foreign.ts'
import { faultsIn, metricsIn, plainQuery, selectorsIn } from './plain-query.ts'
import { renderDashboard } from './render.ts'
import { recordings } from './rules/groups.ts'
import { ruleQueries } from './rules/queries.ts'

const panels = dashboards.flatMap(({ uid, rows }) =>
  rows.flatMap((row) => row.panels.map((panel) => ({ uid, ...panel }))),
)
const queries = [...dashboardQueries(), ...ruleQueries()]

/** Our own metrics, as docs/metrics.md has them from the running processes, and those of every Node process. */
const own: ReadonlySet<string> = new Set([
  'up',
  ...recordings.map(({ record }) => record),
  ...readFileSync(join(repository, 'docs/metrics.md'), 'utf8')
    .matchAll(/`((?:flux|nodejs|process)_\w+)`/g)
    .map(([, name = '']) => name),
])

const baseOf = (name: string): string => name.replace(/_(bucket|count|sum)$/, '')

interface Placed {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

const overlap = (a: Placed, b: Placed): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

/** Grafana's names of units, as far as we use them. */
const units = ['short', 'percentunit', 's', 'ops', 'reqps', 'bytes', 'Bps']

/** The rules of Grafana's dashboard-linter, by their names there. */
describe('the dashboards', () => {
  it('are five, each with an address, a title and a question of its own', () => {
    expect(dashboards.map(({ uid }) => uid)).toEqual([
      'flux-overview',
      'flux-pipeline',
      'flux-fanout',
      'flux-runtime',
      'flux-kafka-valkey',
    ])
    expect(new Set(dashboards.map(({ title }) => title)).size).toBe(dashboards.length)
    for (const { about } of dashboards) expect(about).toMatch(/\?$/)
  })

  it.each(dashboards)('$uid: variables, refresh, not editable (template-*)', (dashboard) => {
    const { templating, editable, refresh } = renderDashboard(dashboard)
    expect(editable).toBe(false)
    expect(refresh).toBe('10s')
    const list = templating?.list ?? []
    expect(list.map(({ name, type }) => [name, type])).toEqual([
      ['datasource', 'datasource'],
      ['namespace', 'query'],
      ['job', 'query'],
      ['instance', 'query'],
    ])
    expect(list.map(({ label }) => label)).toEqual(['Data source', 'Namespace', 'Job', 'Instance'])
    for (const variable of list.slice(1)) {
      // On every change of the time range.
      expect(variable.refresh).toBe(2)
      expect(variable.multi).toBe(true)
      expect(variable.datasource?.uid).toBe('$datasource')
      expect(variable.query).toMatch(/^label_values\(flux_build_info(\{.*\})?, \w+\)$/)
    }
    // All namespaces are those in which Flux is; the linter wants `.+` for the others.
    expect(list.slice(1).map(({ allValue }) => allValue)).toEqual([undefined, '.+', '.+'])
  })

  it.each(dashboards)('$uid: panels stand beside each other, each with an id', (dashboard) => {
    const built = renderDashboard(dashboard).panels ?? []
    const ids = built.map((panel) => panel.id)
    expect(new Set(ids).size).toBe(built.length)
    const places = built.flatMap(({ gridPos }) => (gridPos ? [gridPos] : []))
    expect(places).toHaveLength(built.length)
    for (const [index, place] of places.entries()) {
      expect(place.x + place.w).toBeLessThanOrEqual(24)
      for (const other of places.slice(index + 1)) expect(overlap(place, other)).toBe(false)
    }
  })

  it.each(dashboards)(
    '$uid: every panel and query goes to the chosen source (panel-datasource)',
    (dashboard) => {
      const text = JSON.stringify(renderDashboard(dashboard).panels)
      const all = [...text.matchAll(/"datasource":\{[^}]*\}/g)].map(([match]) => match)
      expect(all.length).toBeGreaterThan(10)
      expect(new Set(all)).toEqual(
        new Set(['"datasource":{"type":"prometheus","uid":"$datasource"}']),
      )
    },
  )

  it('say what each panel tells and in which unit (panel-title-description, panel-units)', () => {
    for (const { uid, title, description, unit, queries: own } of panels) {
      expect(title, uid).toMatch(/^\S.{3,70}$/)
      expect(description, title).toMatch(/^\S.{25,}\.$/s)
      expect(units, title).toContain(unit)
      expect(own.length, title).toBeGreaterThan(0)
      for (const { legend } of own) expect(legend, title).not.toBe('')
    }
    const titles = panels.map(({ uid, title }) => `${uid} ${title}`)
    expect(new Set(titles).size).toBe(titles.length)
  })

  it('colour a number by its own limits alone', () => {
    const numbers = dashboards
      .flatMap((dashboard) => renderDashboard(dashboard).panels ?? [])
      .filter(({ type }) => type === 'stat')
    expect(numbers.length).toBeGreaterThan(5)
    for (const number of numbers) {
      const { steps = [] } =
        'fieldConfig' in number ? (number.fieldConfig?.defaults.thresholds ?? {}) : {}
      expect(steps[0]?.value, number.title).toBeNull()
    }
  })

  it('take their rates over the interval that fits the scrapes (target-rate-interval)', () => {
    for (const { what, expr } of dashboardQueries()) {
      const ranges = [...expr.matchAll(/rate\([^[]*\[([^\]]+)\]/g)].map(([, range]) => range)
      expect(
        ranges.filter((range) => range !== '$__rate_interval'),
        what,
      ).toEqual([])
    }
  })

  // Recorded series have neither job nor instance, others' metrics have theirs by other names.
  it('keep to the chosen processes (target-job, target-instance, target-required-matchers)', () => {
    for (const { what, expr, source } of dashboardQueries()) {
      for (const selector of selectorsIn(expr.replaceAll('$__rate_interval', '1m'))) {
        expect(selector, what).toContain('namespace=~"$namespace"')
        if (source !== 'app' || selector.startsWith('flux:')) continue
        expect(selector, what).toContain('job=~"$job", instance=~"$instance"')
      }
    }
  })
})

describe('the queries of dashboards and rules', () => {
  it('parse (target-promql)', () => {
    expect(queries.length).toBeGreaterThan(150)
    for (const { where, what, expr } of queries)
      expect(faultsIn(plainQuery(expr)), `${where} ${what}: ${expr}`).toEqual([])
  })

  it('name metrics that our processes have, or that another exporter is known to have', () => {
    const names = (source: string) =>
      new Set(exporters.flatMap((each) => (each.source === source ? each.metrics : [])))
    for (const { where, what, expr, source } of queries) {
      const allowed = source === 'app' ? own : names(source)
      const unknown = [...metricsIn(plainQuery(expr))].filter(
        // Rules on others' metrics may ask where Flux is.
        (name) => !allowed.has(name) && !allowed.has(baseOf(name)) && name !== 'flux_build_info',
      )
      expect(unknown, `${where} ${what}`).toEqual([])
    }
  })

  it('use everything that the list of others’ metrics has', () => {
    const used = new Set(queries.flatMap(({ expr }) => [...metricsIn(plainQuery(expr))]))
    const idle = exporters.flatMap(({ metrics }) => metrics.filter((name) => !used.has(name)))
    expect(idle).toEqual([])
  })
})
