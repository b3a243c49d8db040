/** A line of a plot; points in ascending `x`. */
interface Series {
  readonly name: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

/** What a plot shows. */
export interface Plot {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  readonly series: readonly Series[]
}

const size = { width: 640, height: 360, left: 72, right: 24, top: 44, bottom: 52 } as const
const colors = ['#2563eb', '#d97706', '#059669', '#7c3aed', '#dc2626']
const ticks = 5

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The smallest of 1, 2, 2.5 or 5 times a power of ten that is not below `wish`. */
export const niceStep = (wish: number): number => {
  const power = 10 ** Math.floor(Math.log10(wish))
  const factor = [1, 2, 2.5, 5, 10].find((f) => f * power >= wish) ?? 10
  return factor * power
}

/** A number as an axis shows it: 1.5 M, 20 k, 0.25. */
export const shortNumber = (value: number): string => {
  const trim = (n: number) => String(Number(n.toPrecision(3)))
  if (Math.abs(value) >= 1e6) return `${trim(value / 1e6)} M`
  if (Math.abs(value) >= 1e4) return `${trim(value / 1e3)} k`
  return trim(value)
}

interface Axis {
  readonly step: number
  readonly max: number
  at(value: number): number
}

const axis = (values: readonly number[], from: number, to: number): Axis => {
  const largest = values.reduce((a, b) => Math.max(a, b), 0) || 1
  const step = niceStep(largest / ticks)
  const max = step * Math.ceil(largest / step)
  return { step, max, at: (value) => from + ((to - from) * value) / max }
}

const steps = ({ step, max }: Axis): number[] =>
  Array.from({ length: Math.round(max / step) + 1 }, (_, i) => i * step)

const fixed = (n: number) => n.toFixed(1)

const grid = (x: Axis, y: Axis): string[] => {
  const { width, height, left, right, bottom } = size
  const rows = steps(y).map((value) => {
    const at = fixed(y.at(value))
    return `<line x1="${left}" x2="${width - right}" y1="${at}" y2="${at}" class="grid"/><text x="${left - 8}" y="${at}" dy="4" text-anchor="end">${shortNumber(value)}</text>`
  })
  const columns = steps(x).map((value) => {
    const at = fixed(x.at(value))
    return `<text x="${at}" y="${height - bottom + 18}" text-anchor="middle">${shortNumber(value)}</text>`
  })
  return [...rows, ...columns]
}

const line = ({ name, points }: Series, index: number, to: { x: Axis; y: Axis }): string[] => {
  const color = colors[index % colors.length]
  const places = points.map((p) => [fixed(to.x.at(p.x)), fixed(to.y.at(p.y))] as const)
  const legend = size.left + 8 + index * 150
  return [
    `<polyline fill="none" stroke="${color}" stroke-width="2" points="${places.map((p) => p.join(',')).join(' ')}"/>`,
    ...places.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3" fill="${color}"/>`),
    `<text x="${legend + 16}" y="38">${escapeXml(name)}</text><rect x="${legend}" y="29" width="10" height="10" fill="${color}"/>`,
  ]
}

const style =
  'text{font:12px system-ui,sans-serif;fill:#475569}.title{font-size:14px;font-weight:600;fill:#0f172a}.grid{stroke:#e2e8f0}'

/** Draws a plot whose axes begin at 0; no script, no font of its own. */
export const plotSvg = ({ title, xLabel, yLabel, series }: Plot): string => {
  const { width, height, left, right, top, bottom } = size
  const all = series.flatMap((s) => s.points)
  const xs = all.map((p) => p.x)
  const x = axis(xs, left, width - right)
  const y = axis(
    all.map((p) => p.y),
    height - bottom,
    top,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<style>${style}</style><rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${left}" y="20" class="title">${escapeXml(title)}</text>`,
    ...grid(x, y),
    `<text x="${(left + width - right) / 2}" y="${height - 12}" text-anchor="middle">${escapeXml(xLabel)}</text>`,
    `<text transform="translate(16 ${(top + height - bottom) / 2}) rotate(-90)" text-anchor="middle">${escapeXml(yLabel)}</text>`,
    ...series.flatMap((s, index) => line(s, index, { x, y })),
    '</svg>',
    '',
  ].join('\n')
}
