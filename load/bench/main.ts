// make bench (node load/bench/main.ts): measures Flux beside other servers, alternating, and writes docs/benchmarks.md.
// QUICK=1: a short form that writes nothing. RUNS, SECONDS, PROCESSES (of clients), ONLY=group,…, DRIVERS=name,…
// PAGE=1: writes the page anew from what was measured. PROFILE=folder: CPU profiles of the servers (see profile.ts).
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Bench, startBench } from './bench.ts'
import { packed, plain } from './drivers/baseline.ts'
import type { Driver } from './drivers/driver.ts'
import { flux, fluxTraced } from './drivers/flux.ts'
import { fullPlan, type Group, quickPlan } from './plan.ts'
import { checksOf } from './report/checks.ts'
import { describeMachine } from './report/machine.ts'
import { benchmarksPage, groupTable, machineLine, plotsOf } from './report/page.ts'
import { type GroupResult, readResults, withGroup, writeResults } from './report/results.ts'
import { summarize } from './report/summary.ts'
import { plotSvg } from './report/svg.ts'
import type { RunResult } from './result.ts'
import { runOnce } from './run.ts'

const drivers: readonly Driver[] = [flux, fluxTraced, packed, plain]
const docs = fileURLToPath(new URL('../../docs/', import.meta.url))
const resultsFile = join(docs, 'benchmarks/results.json')

const { env } = process
const isQuick = Boolean(env['QUICK'])
const repetitions = Number(env['RUNS'] || (isQuick ? 1 : 3))
const seconds = Number(env['SECONDS'] || (isQuick ? 5 : 8))
const processes = Number(env['PROCESSES'] || 2)
/** A run in which the load generator was at its limit is made again, once. */
const mostTries = isQuick ? 1 : 2
const profileTo = env['PROFILE'] || undefined
const wanted = (setting: string) => env[setting]?.split(',').filter(Boolean)

const isWanted = (name: string, setting: string) => wanted(setting)?.includes(name) ?? true

const available = drivers.filter((driver) => {
  const missing = isWanted(driver.name, 'DRIVERS') ? driver.missing() : 'not asked for'
  if (missing !== undefined) console.log(`${driver.name}: ${missing}`)
  return missing === undefined
})

const lineOf = ({ driver, load, ...run }: RunResult): string =>
  [
    `${driver.padEnd(11)}${String(load.clients).padStart(6)} × ${String(load.recordsPerSecond).padEnd(5)}`,
    `${Math.round(run.deliveredPerSecond).toLocaleString('en').padStart(10)}/s`,
    `${run.cpuMicrosPerDelivery.toFixed(2).padStart(6)} µs`,
    `p50 ${run.latency.p50.toFixed(0)} p99 ${run.latency.p99.toFixed(0)} ms`,
    `loop p99 ${run.probe.p99.toFixed(0)} ms`,
    `${run.delivered.toLocaleString('en')} of ${run.offered.toLocaleString('en')}`,
    run.invalid.length === 0 ? '' : `INVALID: ${run.invalid.join('; ')}`,
  ].join('  ')

/** A repetition measures every case with every server before the next one begins. */
const measureGroup = async (bench: Bench, group: Group): Promise<GroupResult> => {
  const runs: RunResult[] = []
  console.log(`\n${group.title}`)
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const { load, drivers: names } of group.cases) {
      for (const driver of available.filter(({ name }) => names.includes(name))) {
        for (let tries = 0; tries < mostTries; tries += 1) {
          const run = await runOnce(bench, { driver, load, seconds, processes, profileTo })
          runs.push(run)
          console.log(lineOf(run))
          if (run.invalid.length === 0) break
        }
      }
    }
  }
  const day = new Date().toISOString().slice(0, 10)
  return { name: group.name, day, machine: describeMachine(), repetitions, seconds, runs }
}

const writePage = (results: readonly GroupResult[]) => {
  writeResults(resultsFile, results)
  writeFileSync(join(docs, 'benchmarks.md'), benchmarksPage({ plan: fullPlan, results, drivers }))
  mkdirSync(dirname(resultsFile), { recursive: true })
  for (const { name, runs } of results) {
    for (const [file, plot] of plotsOf(name, summarize(runs)))
      writeFileSync(join(docs, 'benchmarks', file), plotSvg(plot))
  }
}

const print = (results: readonly GroupResult[]) => {
  for (const { runs } of results) console.log(`\n${groupTable(summarize(runs))}`)
  const checks = checksOf(new Map(results.map((r) => [r.name, summarize(r.runs)] as const)))
  for (const { promise, measured, holds } of checks.filter((c) => c.holds !== undefined))
    console.log(`${holds ? 'holds' : 'DOES NOT HOLD'}: ${promise}: ${measured}`)
}

const measure = async (): Promise<void> => {
  console.log(machineLine(describeMachine()))
  const bench = await startBench()
  let results: readonly GroupResult[] = isQuick ? [] : readResults(resultsFile)
  try {
    for (const group of isQuick ? quickPlan : fullPlan) {
      if (!isWanted(group.name, 'ONLY')) continue
      results = withGroup(results, await measureGroup(bench, group))
      if (!isQuick && profileTo === undefined) writePage(results)
    }
  } finally {
    await bench.close()
  }
  print(results)
}

if (env['PAGE']) writePage(readResults(resultsFile))
else await measure()
