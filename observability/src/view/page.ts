import type { Dashboard, Panel, Query } from '../panel.ts'
import { type Curve, drawCurves } from './draw.ts'
import { inUnit } from './units.ts'

const refreshMs = 5_000
const spanSeconds = 900
/** Where there are more curves than this, those that lie at 0 are left out. */
const mostQuiet = 6
const stepSeconds = 10

interface Series {
  readonly metric: Readonly<Record<string, string>>
  readonly values: readonly (readonly [number, string])[]
}

const get = async (path: string) => {
  const answer = await fetch(path)
  if (!answer.ok) throw new Error(`${answer.status}`)
  return await answer.json()
}

/** Grafana's variables stand for everything here; rates are taken over four scrapes. */
const plain = (expr: string): string =>
  expr.replaceAll('$__rate_interval', '20s').replace(/\$\w+/g, '.*')

const nameOf = (legend: string, metric: Series['metric']): string =>
  legend.replace(/\{\{(\w+)\}\}/g, (_, label) => metric[label] ?? '').trim()

const numberOf = (text: string | undefined): number | null => {
  const value = Number(text)
  return text === undefined || !Number.isFinite(value) ? null : value
}

const askRange = async ({ expr }: Query, times: readonly number[]): Promise<readonly Series[]> => {
  const range = { start: `${times[0]}`, end: `${times.at(-1)}`, step: `${stepSeconds}` }
  const answer = await get(
    `/api/v1/query_range?${new URLSearchParams({ query: plain(expr), ...range })}`,
  )
  return answer.data.result
}

const curvesOf = async (query: Query, times: readonly number[]): Promise<readonly Curve[]> => {
  const all = await askRange(query, times)
  return all.map(({ metric, values }) => {
    const at = new Map(values)
    return {
      name: nameOf(query.legend, metric),
      values: times.map((time) => numberOf(at.get(time))),
    }
  })
}

const isMoving = ({ values }: Curve): boolean =>
  values.some((value) => value !== null && value !== 0)

const graph = async (
  body: HTMLElement,
  { kind, queries, unit }: Panel,
  times: readonly number[],
) => {
  const all = (await Promise.all(queries.map((query) => curvesOf(query, times)))).flat()
  const curves = all.length > mostQuiet ? all.filter(isMoving) : all
  // Of a distribution each curve is how many a second were at most that long.
  if (all.length > 0)
    return drawCurves(body, times, { curves, unit: kind === 'heatmap' ? 'ops' : unit })
  body.className = 'empty'
  body.textContent = queries.some(({ source }) => source && source !== 'app')
    ? 'needs an exporter that does not run here'
    : 'nothing yet'
}

const colorAt = ({ thresholds = [] }: Panel, value: number): string =>
  thresholds.findLast(([from]) => value >= from)?.[1] ?? thresholds[0]?.[1] ?? ''

const number = async (body: HTMLElement, panel: Panel) => {
  const [query] = panel.queries
  const answer = await get(
    `/api/v1/query?${new URLSearchParams({ query: plain(query?.expr ?? '') })}`,
  )
  const value = numberOf(answer.data.result[0]?.value[1])
  const output = document.createElement('output')
  output.textContent = value === null ? '–' : inUnit(value, panel.unit)
  if (value !== null) output.dataset['color'] = colorAt(panel, value)
  body.replaceChildren(output)
}

const article = (panel: Panel) => {
  const element = document.createElement('article')
  element.style.setProperty('--width', `${panel.width ?? (panel.kind === 'stat' ? 4 : 12)}`)
  const title = document.createElement('h3')
  title.textContent = panel.title
  element.title = panel.description
  const body = document.createElement('div')
  element.append(title, body)
  return { element, body }
}

const heading = (level: 'h1' | 'h2', text: string) => {
  const element = document.createElement(level)
  element.textContent = text
  return element
}

/** Builds a dashboard and returns what fills its panels, one after the other: they share one Prometheus. */
const show = ({ about, rows }: Dashboard) => {
  const main = document.querySelector('main')
  main?.replaceChildren(heading('h1', about))
  const panels = rows.flatMap((row) => {
    main?.append(heading('h2', row.title))
    return row.panels.map((panel) => {
      const { element, body } = article(panel)
      main?.append(element)
      return { panel, body }
    })
  })
  return async () => {
    const end = Math.floor(Date.now() / 1_000 / stepSeconds) * stepSeconds
    const count = spanSeconds / stepSeconds
    const times = Array.from({ length: count }, (_, i) => end - (count - 1 - i) * stepSeconds)
    for (const { panel, body } of panels) {
      if (panel.kind === 'stat') await number(body, panel)
      else await graph(body, panel, times)
    }
  }
}

const tellAlerts = async () => {
  const place = document.querySelector<HTMLElement>('#alerts')
  const { data } = await get('/api/v1/alerts')
  const said = data.alerts.map(
    ({ labels, state }: { labels: Record<string, string>; state: string }) =>
      `${labels['alertname']} ${state}`,
  )
  if (!place) return
  place.textContent = said.length === 0 ? 'no alert' : [...new Set(said)].join(', ')
  place.dataset['color'] = said.length === 0 ? 'green' : 'red'
}

const navigate = (dashboards: readonly Dashboard[], current: Dashboard) => {
  const links = dashboards.map(({ uid, title }) => {
    const link = document.createElement('a')
    link.href = `#${uid}`
    link.textContent = title.replace('Flux / ', '')
    if (uid === current.uid) link.setAttribute('aria-current', 'page')
    return link
  })
  document.querySelector('nav')?.replaceChildren(...links)
}

const dashboards: readonly Dashboard[] = await get('/dashboards.json')
let refresh = async () => {}

const choose = () => {
  const chosen = dashboards.find(({ uid }) => `#${uid}` === location.hash) ?? dashboards[0]
  if (!chosen) return
  navigate(dashboards, chosen)
  refresh = show(chosen)
}

addEventListener('hashchange', choose)
choose()
for (;;) {
  await Promise.all([refresh(), tellAlerts()]).catch(() => {
    const place = document.querySelector<HTMLElement>('#alerts')
    if (place) place.textContent = 'Prometheus does not answer'
  })
  await new Promise((resolve) => setTimeout(resolve, refreshMs))
}
