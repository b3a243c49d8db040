// npm run totals: what failed in the last test run, then its counts in one line.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ending } from './test-report.ts'

const file = fileURLToPath(new URL('../../.flux/totals.json', import.meta.url))
console.log(ending(JSON.parse(readFileSync(file, 'utf8'))))
