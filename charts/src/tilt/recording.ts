import { type Json, type JsonMap, list, map, strings, text } from '../json.ts'
import { type Resource, resource } from '../resource.ts'
import type { Call } from './run.ts'

/** One `docker_build`. */
export interface ImageBuild {
  readonly ref: string
  readonly context: string
  readonly dockerfile: string
  readonly target: string
  /** The build argument: folder of the workspace. */
  readonly app: string
  /** Paths that are sent to the build and watched. */
  readonly only: readonly string[]
  /** Names of the live update's steps, in order. */
  readonly steps: readonly string[]
  readonly fallBackOn: readonly string[]
  readonly syncs: readonly Sync[]
}

/** A source on the machine and where it goes in the container. */
interface Sync {
  readonly local: string
  readonly remote: string
}

/** What Tilt shows as one line: a command, a Helm release, a workload, or a group of objects. */
export interface TiltResource {
  readonly name: string
  /** The function that made it. */
  readonly kind: string
  readonly command: string
  readonly waitsFor: readonly string[]
  readonly parallel: boolean
  readonly startsByItself: boolean
  readonly manual: boolean
  /** Everything that it was given. */
  readonly given: JsonMap
}

/** The arguments of every call of a function. */
export const callsOf = (calls: readonly Call[], name: string): readonly JsonMap[] =>
  calls.flatMap((call) => (call.function === name ? [call.arguments] : []))

/** The strings of a list, or the one string that stands in its place. */
export const stringsOf = (value: Json | undefined): readonly string[] =>
  typeof value === 'string' ? [value] : list(value).map(String)

const imageBuild = (given: JsonMap): ImageBuild => {
  const steps = list(given, 'live_update')
  return {
    ref: text(given, 'ref'),
    context: text(given, 'context'),
    dockerfile: text(given, 'dockerfile'),
    target: text(given, 'target'),
    app: text(given, 'build_args', 'APP'),
    only: stringsOf(given['only']),
    steps: steps.map((step) => text(step, 'step')),
    fallBackOn: steps.flatMap((step) => stringsOf(map(step)['files'])),
    syncs: steps
      .filter((step) => text(step, 'step') === 'sync')
      .map((step) => ({ local: text(step, 'local'), remote: text(step, 'remote') })),
  }
}

/** The images that Tilt would build. */
export const imageBuilds = (calls: readonly Call[]): readonly ImageBuild[] =>
  callsOf(calls, 'docker_build').map(imageBuild)

/** The objects that Tilt would apply, Helm's releases aside. */
export const appliedObjects = (calls: readonly Call[]): readonly Resource[] =>
  callsOf(calls, 'k8s_yaml')
    .flatMap((given) => list(given, 'objects'))
    .map((body) => resource(map(body)))

const nameIn = (given: JsonMap): string =>
  text(given, 'name') || text(given, 'new_name') || text(given, 'workload')

const makers = ['local_resource', 'helm_resource', 'k8s_resource']

// Several calls may add to one resource, as in Tilt.
const merged = (name: string, calls: readonly Call[]): TiltResource => {
  const own = calls.filter((call) => nameIn(call.arguments) === name)
  const given = own.map((call) => call.arguments)
  return {
    name,
    kind: own[0]?.function ?? '',
    command: given.flatMap((each) => stringsOf(each['cmd'])).join(' '),
    waitsFor: given.flatMap((each) => stringsOf(each['resource_deps'])),
    parallel: given.some((each) => each['allow_parallel'] === true),
    startsByItself: given.every((each) => each['auto_init'] !== false),
    manual: given.some((each) => each['trigger_mode'] === 'manual'),
    given: Object.assign({}, ...given),
  }
}

/** Tilt's resources by name. */
export const tiltResources = (calls: readonly Call[]): ReadonlyMap<string, TiltResource> => {
  const making = calls.filter((call) => makers.includes(call.function))
  const names = new Set(making.map((call) => nameIn(call.arguments)))
  return new Map([...names].map((name) => [name, merged(name, making)]))
}

/** All that a resource waits for, directly or not. */
export const allBefore = (
  resources: ReadonlyMap<string, TiltResource>,
  name: string,
): ReadonlySet<string> => {
  const before = new Set(resources.get(name)?.waitsFor)
  // A set is walked in the order of its additions, those made on the way included.
  for (const each of before)
    for (const next of resources.get(each)?.waitsFor ?? []) before.add(next)
  return before
}

/** The environment that a command is given. */
export const environmentOf = (resource: TiltResource): Readonly<Record<string, string>> =>
  strings(resource.given, 'env')
