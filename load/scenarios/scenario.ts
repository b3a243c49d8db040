import { type Bench, startBench } from '../bench/bench.ts'

/** A rule of a scenario and whether it held. */
export interface Verdict {
  readonly rule: string
  readonly measured: string
  readonly holds: boolean
}

/** What a scenario has measured. */
export interface Outcome {
  /** Lines of figures, for people. */
  readonly figures: readonly string[]
  readonly verdicts: readonly Verdict[]
  /** Why the figures say nothing: the load generator itself was at its limit. */
  readonly invalid: readonly string[]
}

/** A situation at the limit that the BFF has to bear. */
export interface Scenario {
  readonly name: string
  /** What happens, in one line. */
  readonly about: string
  run(bench: Bench): Promise<Outcome>
}

/** A number from the environment, or its default. */
export const setting = (name: string, fallback: number): number =>
  Number(process.env[name] ?? fallback)

/** A rule that a number has to be below a limit. */
export const below = (
  what: string,
  value: number,
  { limit, unit }: { readonly limit: number; readonly unit: string },
): Verdict => ({
  rule: `${what} < ${limit} ${unit}`,
  measured: `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`,
  holds: value < limit,
})

/** A rule that just holds or does not. */
export const shown = (rule: string, holds: boolean, measured: string): Verdict => ({
  rule,
  measured,
  holds,
})

/** A scenario and what came of it, as text. */
export const textOf = ({ name, about }: Scenario, outcome: Outcome): string => {
  const { figures, verdicts, invalid } = outcome
  const rules = verdicts.map(
    ({ rule, measured, holds }) => `${holds ? 'holds' : 'FAILS'}  ${rule}: ${measured}`,
  )
  return [
    `${name}: ${about}`,
    ...[...figures, ...rules].map((line) => `  ${line}`),
    ...invalid.map((why) => `  INVALID: ${why}`),
  ].join('\n')
}

/** Runs scenarios one after the other and prints them; true when every rule held. */
export const runScenarios = async (scenarios: readonly Scenario[]): Promise<boolean> => {
  const bench = await startBench()
  let holds = true
  try {
    for (const scenario of scenarios) {
      const outcome = await scenario.run(bench)
      console.log(`${textOf(scenario, outcome)}\n`)
      holds &&= outcome.invalid.length === 0 && outcome.verdicts.every((verdict) => verdict.holds)
    }
    return holds
  } finally {
    await bench.close()
  }
}
