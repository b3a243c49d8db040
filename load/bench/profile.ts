// node load/bench/profile.ts FOLDER [SECONDS]: where the servers' CPU time went, of the profiles that a bench with PROFILE=FOLDER
// has written: shares of self time by kind of work and by function,
// without the first SECONDS (8): the server's start and its clients' coming in.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CpuProfile, cpuProfile, selfTimes, sharesOf } from './measure/self-time.ts'

const mostFunctions = 25
const fromSeconds = Number(process.argv[3] ?? 8)

const percent = (share: number) => `${(share * 100).toFixed(1).padStart(5)} %`

const print = (name: string, profile: CpuProfile) => {
  const times = selfTimes(profile, fromSeconds)
  console.log(`\n${name}`)
  for (const { name: kind, share } of sharesOf(times, (t) => t.kind)) {
    console.log(`${percent(share)}  ${kind}`)
  }
  console.log()
  const functions = sharesOf(times, (t) => `${t.name}  ${t.place}`)
  for (const { name: own, share } of functions.slice(0, mostFunctions)) {
    console.log(`${percent(share)}  ${own}`)
  }
}

const folder = process.argv[2]
if (!folder) {
  console.error(`usage: node ${fileURLToPath(import.meta.url)} FOLDER [SECONDS]`)
  process.exitCode = 64
} else {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile')))
    print(file, cpuProfile.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))))
}
