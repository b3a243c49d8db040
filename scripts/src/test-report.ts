/** What one test run wrote, in the form of vitest's JSON reporter; only what is read here. */
export interface TestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message?: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      readonly failureMessages?: readonly string[]
    }[]
  }[]
}

/** Counts over several runs, with the names of what failed (and why) and of what was skipped. */
export interface Totals {
  readonly passed: number
  readonly failed: readonly string[]
  readonly skipped: readonly string[]
}

/** Nothing counted yet. */
export const noTotals: Totals = { passed: 0, failed: [], skipped: [] }

type FileReport = TestReport['testResults'][number]

/** Enough of a failure's message to know what to look at: the whole of it stands in the run's own output. */
const shortened = (message: string) => message.split('\n').slice(0, 3).join('\n  ').slice(0, 500)

const failuresOf = (file: FileReport): string[] => {
  const tests = file.assertionResults.filter((test) => test.status === 'failed')
  if (tests.length === 0 && file.status === 'failed') {
    return [`${file.name}: ${shortened(file.message ?? 'could not be run')}`]
  }
  return tests.map(
    (test) => `${file.name}: ${test.fullName}: ${shortened(test.failureMessages?.[0] ?? '')}`,
  )
}

/**
 * Adds the report of the run `name`. A file that failed without a failed test (it could not be loaded) counts as one,
 * and so does a run that ended badly without saying why, or wrote no report.
 */
export const addReport = (
  totals: Totals,
  name: string,
  report: TestReport | undefined,
  ok: boolean,
): Totals => {
  const files = report?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults)
  const failed = files.flatMap(failuresOf)
  if (failed.length === 0 && !ok) failed.push(`${name}: ended badly; its output says why`)
  return {
    passed: totals.passed + tests.filter((test) => test.status === 'passed').length,
    failed: [...totals.failed, ...failed],
    skipped: [
      ...totals.skipped,
      ...tests
        .filter(({ status }) => !['passed', 'failed'].includes(status))
        .map((t) => t.fullName),
    ],
  }
}

/** The skipped tests that nothing excuses: all but those on recorded data where there is none. */
export const unexcused = (totals: Totals, hasRecordedData: boolean): readonly string[] =>
  totals.skipped.filter(
    (name) => hasRecordedData || !/FLUX_PROVIDER_DATA|record(ed|ing)/i.test(name),
  )

/** What stands at the very end: each failure, then the counts in one line. */
export const ending = ({ passed, failed, skipped }: Totals): string =>
  [
    ...failed.map((failure) => `failed: ${failure}`),
    `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`,
  ].join('\n')
