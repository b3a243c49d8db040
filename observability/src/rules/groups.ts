import { stringify } from 'yaml'
import { recorded, slos, windows } from '../slo.ts'
import { type Alert, runbookFile } from './alert.ts'
import { burnAlerts } from './alerts/burn.ts'
import { causeAlerts } from './alerts.ts'

/** Where runbooks lie in the repository; the chart puts the address of a copy that can be read before it. */
const runbooks = 'docs/runbooks'

interface Recording {
  readonly record: string
  readonly expr: string
}

/** The share of what went wrong, of every promise over every window. */
export const recordings: readonly Recording[] = slos.flatMap((slo) =>
  windows.map((window) => ({ record: recorded(slo, window), expr: slo.ratio(window) })),
)

const alertRule = (alert: Alert) => ({
  alert: alert.name,
  expr: alert.expr,
  for: alert.for,
  labels: { severity: alert.severity },
  annotations: {
    summary: alert.summary,
    description: alert.description,
    runbook_url: `${runbooks}/${runbookFile(alert)}`,
  },
})

type AlertRule = ReturnType<typeof alertRule>

interface Group {
  readonly name: string
  readonly rules: readonly (Recording | AlertRule)[]
}

/** Promises and what breaks them, as groups of rules. */
const groups = {
  'flux-slo': [
    { name: 'flux-slo-recordings', rules: recordings },
    { name: 'flux-slo-alerts', rules: burnAlerts.map(alertRule) },
  ],
  'flux-causes': [
    {
      name: 'flux-causes',
      rules: causeAlerts.filter(({ source }) => source === 'app').map(alertRule),
    },
  ],
  'flux-kubernetes': [
    {
      name: 'flux-kubernetes',
      rules: causeAlerts.filter(({ source }) => source === 'kube').map(alertRule),
    },
  ],
} satisfies Record<string, readonly Group[]>

const head = '# Written by `npm run observability` from observability/src/rules; do not edit.\n'

const text = (of: readonly Group[]): string =>
  `${head}${stringify({ groups: of }, { lineWidth: 0, aliasDuplicateObjects: false })}`

/** The files of rules, by their names. */
export const ruleTexts: ReadonlyMap<string, string> = new Map(
  Object.entries(groups).map(([name, own]) => [`${name}.yaml`, text(own)]),
)

/** The rule of an alert without annotations: promtool's tests would have to repeat these word for word. */
export const bareRule = (alert: Alert): Omit<AlertRule, 'annotations'> => {
  const { annotations: _, ...rule } = alertRule(alert)
  return rule
}
