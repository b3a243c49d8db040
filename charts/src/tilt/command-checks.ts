import { accessSync, constants, existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Resource } from '../resource.ts'
import { repository } from './facts.ts'
import { callsOf, stringsOf, type TiltResource, tiltResources } from './recording.ts'
import type { Call } from './run.ts'

const conditions: Readonly<Record<string, string>> = {
  crd: 'Established',
  job: 'Complete',
  kafka: 'Ready',
  kafkatopic: 'Ready',
  kafkauser: 'Ready',
}

/** Names of the custom resource definitions that objects need. */
const definitionsOf = (objects: readonly Resource[]): ReadonlySet<string> =>
  new Set(
    objects.flatMap(({ apiVersion, kind }) => {
      const [group = '', version] = apiVersion.split('/')
      return version && group.includes('strimzi') ? [`${kind.toLowerCase()}s.${group}`] : []
    }),
  )

const isThere = (type: string, name: string, objects: readonly Resource[]): boolean =>
  type === 'crd'
    ? definitionsOf(objects).has(name)
    : objects.some((each) => each.kind.toLowerCase() === type && each.name === name)

const isSelected = (type: string, selector: string, objects: readonly Resource[]): boolean => {
  const [key = '', value] = selector.split('=')
  return objects.some((each) => each.kind.toLowerCase() === type && each.labels[key] === value)
}

interface Wait {
  readonly types: readonly string[]
  readonly names: readonly (readonly [string, string])[]
  readonly selector: string
  readonly condition: string
  readonly words: readonly string[]
}

const parseWait = (command: string): Wait => {
  const words = command.trim().split(/\s+/)
  const option = (name: string) =>
    words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
  const named = words.flatMap((word): (readonly [string, string])[] => {
    const [type = '', name] = word.startsWith('-') ? [] : word.split('/')
    return name ? [[type, name]] : []
  })
  const selected = option('--selector') ? (words[words.indexOf('wait') + 1] ?? '').split(',') : []
  return {
    types: [...named.map(([type]) => type), ...selected],
    names: named,
    selector: option('--selector'),
    condition: option('--for').replace('condition=', ''),
    words,
  }
}

const waitProblems = (command: string, objects: readonly Resource[]): readonly string[] => {
  const { types, names, selector, condition, words } = parseWait(command)
  const selected = selector ? types.filter((type) => !isSelected(type, selector, objects)) : []
  const wrong = condition ? types.filter((type) => conditions[type] !== condition) : []
  return [
    ...(words.some((word) => word.startsWith('--timeout=')) ? [] : ['waits for ever']),
    ...(types.length > 0 ? [] : ['waits for nothing']),
    ...(types.includes('crd') || words.join(' ').includes('-n flux ')
      ? []
      : ['names no namespace']),
    ...names
      .filter(([type, name]) => !isThere(type, name, objects))
      .map((pair) => `there is no ${pair.join('/')}`),
    ...selected.map((type) => `no ${type} has the label ${selector}`),
    ...wrong.map((type) => `a ${type} is never ${condition}`),
  ]
}

/** A command that waits names objects that the release applies, and lets builds go on meanwhile. */
export const waiterProblems = (
  waiter: TiltResource | undefined,
  objects: readonly Resource[],
): readonly string[] => {
  if (!waiter) return ['nothing waits']
  const problems = waiter.command.split('&&').flatMap((command) => waitProblems(command, objects))
  return [
    ...problems.map((problem) => `${waiter.name}: ${problem}`),
    ...(waiter.parallel ? [] : [`${waiter.name}: all builds stand still meanwhile`]),
  ]
}

/** Definitions that objects need and the command does not wait for. */
export const unawaitedDefinitions = (
  waiter: TiltResource | undefined,
  objects: readonly Resource[],
): readonly string[] => {
  const awaited = parseWait(waiter?.command ?? '').names.map(([, name]) => name)
  return [...definitionsOf(objects)].filter((name) => !awaited.includes(name))
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(join(repository, path), constants.X_OK)
    return true
  } catch {
    return false
  }
}

const canMake = async (target: string): Promise<boolean> =>
  (await readFile(join(repository, 'Makefile'), 'utf8')).includes(`\n${target}:`)

const filesIn = (words: readonly string[]): readonly string[] =>
  words
    .map((word) => word.replace(/^--values=/, ''))
    .filter((word) => /^[\w.-]+(\/[\w.-]+)+\.(ts|js|sh|ya?ml)$/.test(word))

const commandProblems = async (words: readonly string[]): Promise<readonly string[]> => {
  const [program = '', target = ''] = words
  const missing = filesIn(words).filter((file) => !existsSync(join(repository, file)))
  if (program === 'make' && !(await canMake(target))) missing.push(`make ${target}`)
  if (program.endsWith('.sh') && !isExecutable(program)) missing.push(`${program} to execute`)
  return missing
}

/** Files, scripts and make targets that commands, releases and buttons name and that are not there. */
export const missingPrograms = async (calls: readonly Call[]): Promise<readonly string[]> => {
  const given = [
    ...callsOf(calls, 'helm_resource'),
    ...callsOf(calls, 'helm'),
    ...callsOf(calls, 'cmd_button'),
  ]
  const words = [
    ...given.map((each) =>
      ['flags', 'values', 'argv', 'deps'].flatMap((key) => stringsOf(each[key])),
    ),
    ...[...tiltResources(calls).values()].map(({ given: each }) => stringsOf(each['cmd'])),
  ]
  return (await Promise.all(words.map(commandProblems))).flat()
}
