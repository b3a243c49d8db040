import type { CollectedSpan } from '@flux/testkit'

const left = 270
const width = 860
const row = 34
const top = 46
const colors = new Map([
  ['crypto-service', '#d97706'],
  ['bff', '#2563eb'],
])

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A picture of a trace: a bar a span, from the first one's start to the last one's end. SVG without scripts. */
export const drawTrace = (spans: readonly CollectedSpan[]): string => {
  const start = Math.min(...spans.map(({ startMs }) => startMs))
  const end = Math.max(...spans.map(({ endMs }) => endMs))
  const x = (ms: number) => left + ((ms - start) / (end - start)) * (width - left - 90)
  const height = top + spans.length * row + 16
  const bars = spans.flatMap(({ service, name, startMs, endMs }, index) => {
    const y = top + index * row
    const bar = Math.max(2, x(endMs) - x(startMs))
    return [
      `<text x="12" y="${y + 9}" class="name">${escapeXml(name)}</text>`,
      `<text x="12" y="${y + 23}">${escapeXml(service)}</text>`,
      `<rect x="${x(startMs).toFixed(1)}" y="${y}" width="${bar.toFixed(1)}" height="18" rx="3" fill="${colors.get(service) ?? '#475569'}"/>`,
      `<text x="${(x(startMs) + bar + 6).toFixed(1)}" y="${y + 13}">${(endMs - startMs).toFixed(1)} ms</text>`,
    ]
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="The stages of one trace and how long each took">`,
    '<style>text{font:11px system-ui,sans-serif;fill:#475569}.name{font-size:12px;font-weight:600;fill:#0f172a}</style>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="12" y="24" class="name">One ticker, ${(end - start).toFixed(1)} ms from the exchange’s frame to the browser</text>`,
    ...bars,
    '</svg>',
    '',
  ].join('\n')
}
