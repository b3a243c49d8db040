import { type Alert, runbookFile } from './alert.ts'
import { alerts } from './alerts.ts'

const head =
  '<!-- Written by `npm run observability` from observability/src/rules; do not edit. -->'

const steps = (list: readonly string[]): string =>
  list.map((step, index) => `${index + 1}. ${step}`).join('\n')

/** The runbook of an alert. */
export const runbookText = (alert: Alert): string => {
  const { name, severity, expr, runbook } = alert
  return [
    head,
    `# ${name}`,
    `**${severity}**, after ${alert.for} of`,
    `\`\`\`promql\n${expr}\n\`\`\``,
    '## What it means',
    runbook.means,
    '## First look',
    steps(runbook.look),
    '## First action',
    steps(runbook.act),
    '## It is over when',
    runbook.over,
    '',
  ].join('\n\n')
}

const row = (alert: Alert): string =>
  `| [${alert.name}](${runbookFile(alert)}) | ${alert.severity} | ${alert.for} | ${alert.summary.replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, '$1').replaceAll('{{ $value }}', 'N')} |`

/** The table of all alerts. */
export const runbookIndex = (): string =>
  [
    head,
    '# Alerts and what to do',
    '`critical` wakes somebody, `warning` is a ticket, `info` is to be known. Queries are typed into Prometheus or into Grafana; in a cluster commands take `-n flux`.',
    ['| alert | severity | after | says |', '| --- | --- | --- | --- |', ...alerts.map(row)].join(
      '\n',
    ),
    '',
  ].join('\n\n')
