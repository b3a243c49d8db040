import { fileURLToPath } from 'node:url'
import { dashboards } from './dashboards.ts'
import { renderDashboard } from './render.ts'
import { runbookFile } from './rules/alert.ts'
import { alerts } from './rules/alerts.ts'
import { ruleTexts } from './rules/groups.ts'
import { runbookIndex, runbookText } from './rules/runbook.ts'

/** The repository's folder. */
export const repository: string = fileURLToPath(new URL('../../', import.meta.url))

/** Folders in which everything is written by this workspace. */
export const ownFolders = [
  'charts/flux/files/rules',
  'charts/flux/files/dashboards',
  'docs/runbooks',
] as const

/** Everything that follows from this workspace: paths in the repository and their texts. */
export const generatedFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ...dashboards.map(
      (dashboard) =>
        [
          `charts/flux/files/dashboards/${dashboard.uid}.json`,
          `${JSON.stringify(renderDashboard(dashboard))}\n`,
        ] as const,
    ),
    ...[...ruleTexts].map(([name, text]) => [`charts/flux/files/rules/${name}`, text] as const),
    ...alerts.map((alert) => [`docs/runbooks/${runbookFile(alert)}`, runbookText(alert)] as const),
    ['docs/runbooks/README.md', runbookIndex()],
  ])
