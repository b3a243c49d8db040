// npm run totals: the counts of the last test run, in one line.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { lastLine } from './test-report.ts'

const file = fileURLToPath(new URL('../../.flux/totals.json', import.meta.url))
console.log(lastLine(JSON.parse(readFileSync(file, 'utf8'))))
