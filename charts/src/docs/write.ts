// npm run charts:docs: writes the tables of values into the charts' READMEs.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chartNames, chartsFolder } from '../helm.ts'
import { readmeOf } from './values-table.ts'

for (const chart of chartNames) {
  writeFileSync(join(chartsFolder, chart, 'README.md'), readmeOf(chart))
  console.log(`charts/${chart}/README.md`)
}
