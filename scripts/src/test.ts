// npm test: types, lint, unused code, units, charts, integration on real servers, browser journeys; `npm test -- units page`:
// only these. `npm test -- cluster` runs against a kind cluster; with `--onto` the counts go on from those of the last run.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { buildPage } from './page.ts'
import { addReport, ending, noTotals, type Totals, unexcused } from './test-report.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const reports = join(repository, '.flux', 'test')
const counted = join(repository, '.flux', 'totals.json')

/** True when it ends well. What ends this process ends it too. */
const run = (command: string, args: readonly string[]): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: repository, stdio: 'inherit' })
    const pass = (signal: NodeJS.Signals) => {
      process.exitCode = 1
      child.kill(signal)
    }
    process.once('SIGTERM', pass)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      process.off('SIGTERM', pass)
      if (signal === 'SIGTERM') process.exit(143)
      resolve(code === 0)
    })
  })

const script = (name: string) => async (totals: Totals) =>
  (await run('npm', ['run', '--silent', name])) ? totals : addReport(totals, name, undefined, false)

const vitest =
  (name: string, ...args: readonly string[]) =>
  async (totals: Totals) => {
    const file = join(reports, `${name}.json`)
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const ok = await run('vitest', ['run', ...args, ...reporters])
    const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
    return addReport(totals, name, report, ok)
  }

const page = async (totals: Totals) => {
  try {
    console.log(`the page is ${await buildPage()}`)
    return totals
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return addReport(totals, 'page', undefined, false)
  }
}

const stages: readonly (readonly [string, (totals: Totals) => Promise<Totals>])[] = [
  ['types', script('types')],
  ['lint', script('lint')],
  ['unused code', script('knip')],
  ['units', vitest('unit', '--project', 'unit:*')],
  ['charts', vitest('charts', '--project', 'charts')],
  ['integration', vitest('integration', '--project', 'integration')],
  ['page', page],
  ['journeys', vitest('journeys', '--project', 'journeys')],
  ['cluster', vitest('cluster', '--project', 'cluster')],
]

/** What `npm test` runs by itself: all that needs no cluster. */
const usual = stages.map(([name]) => name).filter((name) => name !== 'cluster')

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { onto: { type: 'boolean', default: false } },
})
const before = values.onto && existsSync(counted)
let totals: Totals = before ? JSON.parse(readFileSync(counted, 'utf8')) : noTotals
const wanted = positionals.length > 0 ? positionals : usual
for (const [name, stage] of stages) {
  if (!wanted.includes(name)) continue
  console.log(`\n== ${name}`)
  totals = await stage(totals)
}

writeFileSync(counted, JSON.stringify(totals))
const hasData = existsSync(process.env['FLUX_PROVIDER_DATA'] || '/nonexistent')
const skipped = process.env['CI'] ? unexcused(totals, hasData) : []
for (const name of skipped) console.error(`skipped, which CI does not allow: ${name}`)
console.log(`\n${ending(totals)}`)
process.exitCode = totals.failed.length > 0 || skipped.length > 0 ? 1 : 0
