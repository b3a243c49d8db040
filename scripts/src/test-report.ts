/** What one test run wrote, in the form of vitest's JSON reporter; only what is read here. */
export interface TestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/** Counts over several runs, and the names of what was skipped. */
export interface Totals {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly string[]
}

/** Nothing counted yet. */
export const noTotals: Totals = { passed: 0, failed: 0, skipped: [] }

/**
 * Adds one run's report. A file that failed without a failed test (it could not be loaded) counts as one,
 * and so does a run that ended badly without saying why, or wrote no report.
 */
export const addReport = (totals: Totals, report: TestReport | undefined, ok: boolean): Totals => {
  const files = report?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults)
  const broken = files.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  const failed = tests.filter((test) => test.status === 'failed').length + broken.length
  return {
    passed: totals.passed + tests.filter((test) => test.status === 'passed').length,
    failed: totals.failed + (failed === 0 && !ok ? 1 : failed),
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

/** The line that stands at the very end. */
export const lastLine = ({ passed, failed, skipped }: Totals): string =>
  `${passed} passed, ${failed} failed, ${skipped.length} skipped`
