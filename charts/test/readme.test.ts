import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readmeOf } from '../src/docs/values-table.ts'
import { chartNames, chartsFolder } from '../src/helm.ts'
import { chartFile } from '../src/values.ts'

describe.each(chartNames)('the chart %s', (chart) => {
  it('has a README whose table is that of its values (npm run charts:docs)', () => {
    expect(chartFile(chart, 'README.md')).toBe(readmeOf(chart))
  })

  it('carries its licence', () => {
    expect(existsSync(join(chartsFolder, chart, 'LICENSE'))).toBe(true)
  })
})
