import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generatedFiles, repository } from '../files.ts'
import { exporters } from '../foreign.ts'
import { faultsIn, metricsIn } from '../plain-query.ts'
import { runbookFile } from './alert.ts'
import { alerts } from './alerts.ts'
import { recordings } from './groups.ts'
import { runbookText } from './runbook.ts'

const read = (path: string) => readFileSync(join(repository, path), 'utf8')
const makeTargets = new Set(
  read('Makefile')
    .matchAll(/^([a-z-]+):/gm)
    .map(([, name]) => name),
)
const known: ReadonlySet<string> = new Set([
  ...recordings.map(({ record }) => record),
  ...exporters.flatMap(({ metrics }) => metrics),
  'up',
  ...read('docs/metrics.md')
    .matchAll(/`((?:flux|nodejs|process)_\w+)`/g)
    .map(([, name = '']) => name),
])
const inBackticks = (text: string) =>
  [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)

/** What may stand in backticks and is no query: settings, outcomes, paths, file names. */
const isWord = (code: string) => /^[\w./-]+$/.test(code) && !/^(flux|nodejs|process)_/.test(code)

const isCommand = (code: string) => /^(kubectl|helm|make|curl|npm) /.test(code)

/** Why a command would not work as it stands. */
const faultOf = (command: string): string | undefined => {
  const [program, first = ''] = command.split(' ')
  if (program === 'make' && !makeTargets.has(first)) return `no target ${first}`
  if (program === 'curl') {
    const path = /localhost:9464(\/\w+)/.exec(command)?.[1]
    if (!['/readyz', '/livez', '/metrics', '/version', '/loglevel'].includes(path ?? ''))
      return `no path ${path}`
  }
  if (program === 'kubectl') {
    const verbs = ['get', 'logs', 'describe', 'delete', 'scale', 'rollout', 'top', 'port-forward']
    if (!verbs.includes(first)) return `no verb ${first}`
    const component = /component=([\w-]+)/.exec(command)?.[1]
    const isService = component && existsSync(join(repository, 'services', component))
    if (component && !isService && !['bff', 'valkey', 'kafka'].includes(component))
      return `no component ${component}`
    const deployment = /deploy\/flux-([\w-]+)/.exec(command)?.[1]
    const isDeployed =
      deployment &&
      (existsSync(join(repository, 'services', deployment)) ||
        ['bff', 'valkey'].includes(deployment))
    if (deployment && !isDeployed) return `no deployment ${deployment}`
  }
  return undefined
}

describe('a runbook', () => {
  it('is there for every alert, with a name of its own', () => {
    const files = alerts.map(runbookFile)
    expect(new Set(files).size).toBe(alerts.length)
    for (const file of files) expect(generatedFiles().has(`docs/runbooks/${file}`)).toBe(true)
  })

  it.each(alerts)('$name: can be followed', (alert) => {
    const { look, act, means, over } = alert.runbook
    expect(Math.min(look.length, act.length), 'steps').toBeGreaterThan(0)
    expect(means.length).toBeGreaterThan(60)
    expect(over.length).toBeGreaterThan(10)
    for (const code of inBackticks(runbookText(alert))) {
      if (isCommand(code)) expect(faultOf(code), code).toBeUndefined()
      else if (!isWord(code) && !code.startsWith('npm run')) {
        const query = code.replaceAll(/\bNAME\b/g, 'name')
        expect(faultsIn(query), code).toEqual([])
      }
    }
  })

  it.each(alerts)('$name: names metrics that exist, and other runbooks that exist', (alert) => {
    const text = runbookText(alert)
    const names = inBackticks(text)
      .filter((code) => !isCommand(code) && faultsIn(code).length === 0)
      .flatMap((code) => [...metricsIn(code)])
      .filter((name) => /_/.test(name) && /^(flux|nodejs|process|kube|container)/.test(name))
      .map((name) => (known.has(name) ? name : name.replace(/_(bucket|count|sum)$/, '')))
    expect(names.filter((name) => !known.has(name))).toEqual([])
    const links = [...text.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, file]) => file)
    for (const file of links) expect(alerts.map(runbookFile)).toContain(file)
  })
})
