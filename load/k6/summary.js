// What a script prints at its end: Flux's own metrics, the rates made of them, and the thresholds.

const round = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(1))

const texts = {
  counter: ({ count }) => String(count),
  rate: ({ rate, passes, fails }) =>
    `${(100 * rate).toFixed(2)} % (${passes} of ${passes + fails})`,
  trend: (values) =>
    `p50 ${round(values.med)}  p95 ${round(values['p(95)'])}  p99 ${round(values['p(99)'])}  max ${round(values.max)} ms`,
  gauge: ({ value }) => String(value),
}

const verdict = ([rule, { ok }]) => `${ok ? 'holds' : 'FAILS'}: ${rule}`

const line = ([name, { type, values, thresholds = {} }]) => {
  const rules = Object.entries(thresholds).map(verdict).join(', ')
  return `  ${name.padEnd(30)} ${texts[type](values).padEnd(52)} ${rules}`.trimEnd()
}

const mib = 1024 * 1024

/** For a script's `handleSummary`: `told(metrics)` gives lines of its own. With `-e OUT=file` also all metrics as JSON. */
export const summarize =
  (title, told = () => []) =>
  (data) => {
    const own = Object.entries(data.metrics).filter(([name]) => name.startsWith('flux_'))
    const received = data.metrics.data_received?.values.rate ?? 0
    const lines = [
      '',
      title,
      ...told(data.metrics).map((text) => `  ${text}`),
      `  ${(received / mib).toFixed(1)} MiB/s received over the whole run`,
      ...own.sort(([a], [b]) => a.localeCompare(b)).map(line),
      '',
    ]
    const text = lines.join('\n')
    return {
      stdout: `${text}\n`,
      ...(__ENV.OUT && { [__ENV.OUT]: JSON.stringify(data.metrics, null, 2) }),
    }
  }

/** Percentiles that every script asks k6 for. */
export const trendStats = ['med', 'p(95)', 'p(99)', 'max']

/** The value of a counter, 0 where nothing was counted. */
export const countOf = (metrics, name) => metrics[name]?.values.count ?? 0
