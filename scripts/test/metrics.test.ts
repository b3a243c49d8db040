import { spawnSync } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseMetrics } from '../src/docs/metrics/parse.ts'
import { type Scraped, scrapeAll } from '../src/docs/metrics/scrape.ts'
import { installPrometheus } from '../src/stack/prometheus-install.ts'

describe('the metrics of every process', () => {
  let scraped: readonly Scraped[] = []
  const ours = () =>
    scraped.flatMap(({ name: process, text }) =>
      parseMetrics(text).flatMap((metric) =>
        metric.name.startsWith('flux_') ? [{ process, ...metric }] : [],
      ),
    )

  beforeAll(async () => {
    scraped = await scrapeAll()
  })

  it('have series from the start', () => {
    expect(ours().length).toBeGreaterThan(100)
    const empty = ours().filter(({ samples }) => samples === 0)
    expect(empty.map(({ process, name }) => `${process} ${name}`)).toEqual([])
  })

  it('say what they are in sentences', () => {
    for (const { name, help } of ours()) expect(help, name).toMatch(/^[A-Z0-9].*\.$/)
  })

  it('are as promtool wants them', async () => {
    const { promtool } = await installPrometheus()
    for (const { name, text } of scraped) {
      const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], {
        input: text,
        encoding: 'utf8',
      })
      expect(`${stdout}${stderr}`, name).toBe('')
      expect(status, name).toBe(0)
    }
  })
})
