import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ProgramError, runProgram } from './program.ts'
import { parseResources, type Resource } from './resource.ts'
import { createSlots } from './slots.ts'
import { findTools } from './tools.ts'

/** Folder of the charts, with a slash at the end. */
export const chartsFolder = fileURLToPath(new URL('../', import.meta.url))

/** The charts that Flux runs from, in the order of their installation. */
export const platformCharts = ['flux-infra', 'flux'] as const

/** One of them. */
export type PlatformChart = (typeof platformCharts)[number]

/** All charts. */
export const chartNames = [...platformCharts, 'flux-observe'] as const

/** One of all charts. */
export type ChartName = (typeof chartNames)[number]

/** What a chart is rendered with. */
export interface RenderOptions {
  readonly chart: ChartName
  /** By default the chart's own name. */
  readonly release?: string
  /** By default `flux`. */
  readonly namespace?: string
  /** Values files in the chart's folder, or with a full path. */
  readonly values?: readonly string[]
  /** `key=value` pairs, the value typed as Helm types it. */
  readonly set?: readonly string[]
  /** `key=JSON` pairs. */
  readonly setJson?: readonly string[]
  readonly kubeVersion?: string
  /** Helm's major version, 4 by default. */
  readonly helm?: 3 | 4
}

// More at a time would only make each of them slower.
const slots = createSlots(2)

// flux-observe takes its dashboards and rules from the chart flux by links.
const linkFollowed = /found symbolic link in path/

const runHelm = async (major: 3 | 4, args: readonly string[]): Promise<string> => {
  const { helm3, helm4 } = await findTools(process.env)
  const command = major === 3 ? helm3 : helm4
  if (!command) throw new ProgramError(`there is no Helm ${major} on this machine`)
  return slots(() => runProgram(command, args, { unsaid: linkFollowed }))
}

const argumentsOf = (options: RenderOptions): readonly string[] => {
  const {
    chart,
    release = chart,
    namespace = 'flux',
    values = [],
    set = [],
    setJson = [],
  } = options
  const files = values.map((file) =>
    file.startsWith('/') ? file : join(chartsFolder, chart, file),
  )
  return [
    release,
    join(chartsFolder, chart),
    `--namespace=${namespace}`,
    ...files.map((file) => `--values=${file}`),
    // Rendered without a cluster, Helm knows no custom resources.
    ...[...(chart === 'flux-observe' ? [] : ['checkApis=false']), ...set].map(
      (pair) => `--set=${pair}`,
    ),
    ...setJson.map((pair) => `--set-json=${pair}`),
  ]
}

/** What a chart renders to, as Helm prints it, rendered anew. Throws ProgramError with Helm's message. */
export const renderFresh = (options: RenderOptions): Promise<string> => {
  const { helm = 4, kubeVersion = '1.36.0' } = options
  return runHelm(helm, ['template', ...argumentsOf(options), `--kube-version=${kubeVersion}`])
}

const rendered = new Map<string, Promise<string>>()

/** The same, rendered once for the same options. Throws ProgramError with Helm's message. */
export const renderText = (options: RenderOptions): Promise<string> => {
  const key = JSON.stringify(Object.entries(options).toSorted())
  const result = rendered.get(key) ?? renderFresh(options)
  rendered.set(key, result)
  return result
}

/** The objects that a chart renders to. Throws ProgramError with Helm's message. */
export const render = async (options: RenderOptions): Promise<readonly Resource[]> =>
  parseResources(await renderText(options))

/** The notes that an installation would print. Throws ProgramError with Helm's message. */
export const renderNotes = async (options: RenderOptions): Promise<string> => {
  const { helm = 4 } = options
  const printed = await runHelm(helm, ['install', ...argumentsOf(options), '--dry-run=client'])
  return printed.slice(printed.lastIndexOf('\nNOTES:') + 1)
}
