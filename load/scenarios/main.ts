// Scenarios at the limit, one after the other: `node load/scenarios/main.ts [name …]`.
import { distinctKeys } from './distinct-keys.ts'
import { idle } from './idle.ts'
import { overload } from './overload.ts'
import { reconnectStorm } from './reconnect-storm.ts'
import { runScenarios } from './scenario.ts'
import { slowReaders } from './slow-readers.ts'

const scenarios = [slowReaders, reconnectStorm, idle, overload, distinctKeys]
const names = process.argv.slice(2)
const chosen = scenarios.filter(({ name }) => names.length === 0 || names.includes(name))

if (chosen.length < names.length || chosen.length === 0) {
  console.error(`the scenarios are ${scenarios.map(({ name }) => name).join(', ')}`)
  process.exitCode = 1
} else {
  process.exitCode = (await runScenarios(chosen)) ? 0 : 1
}
