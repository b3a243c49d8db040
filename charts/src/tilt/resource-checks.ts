import { list, map, strings, text } from '../json.ts'
import { podOf, type Resource } from '../resource.ts'
import {
  allBefore,
  appliedObjects,
  stringsOf,
  type TiltResource,
  tiltResources,
} from './recording.ts'
import type { Call } from './run.ts'

const fragmentOf = ({ name, kind }: Resource): string => `${name}:${kind.toLowerCase()}`

const matches = (
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
) => Object.entries(selector).every(([key, value]) => labels[key] === value)

/** Whether Tilt puts the object into the line of a workload by itself: it does so with Services alone. */
const followsWorkload = (object: Resource, objects: readonly Resource[]): boolean =>
  object.kind === 'Service' &&
  objects.some((other) => {
    const pod = podOf(other)
    return pod && matches(strings(object.body, 'spec', 'selector'), pod.labels)
  })

/** Every resource waits for resources that there are, and none for itself. */
export const dependencyProblems = (calls: readonly Call[]): readonly string[] => {
  const resources = tiltResources(calls)
  return [...resources].flatMap(([name, { waitsFor }]) => [
    ...waitsFor
      .filter((other) => !resources.has(other))
      .map((other) => `${name} waits for ${other}, which is not there`),
    ...(allBefore(resources, name).has(name) ? [`${name} waits for itself`] : []),
  ])
}

/** What is applied is named once: as a workload, with the workload it leads to, or in a group. */
export const groupProblems = (calls: readonly Call[]): readonly string[] => {
  const objects = appliedObjects(calls)
  const resources = [...tiltResources(calls).values()]
  const grouped = resources.flatMap(({ given }) => stringsOf(given['objects']))
  const expected = objects
    .filter((object) => !podOf(object) && !followsWorkload(object, objects))
    .map(fragmentOf)
  return [
    ...expected
      .filter((each) => grouped.filter((other) => other === each).length !== 1)
      .map(
        (each) => `${each} is in no group, or in several: it could be applied before its namespace`,
      ),
    ...grouped
      .filter((each) => !expected.includes(each))
      .map((each) => `${each} is nothing to group`),
    ...objects
      .map(fragmentOf)
      .filter((each, at, all) => all.indexOf(each) !== at)
      .map((each) => `${each} is applied twice`),
  ]
}

const workloadProblems = (workload: Resource, resources: ReadonlyMap<string, TiltResource>) => {
  const known = resources.get(workload.name)
  const before = allBefore(resources, workload.name)
  const needs = ['namespace', 'secrets', 'flux-objects']
  if (podOf(workload)?.labels['flux.dev/kafka']) needs.push('kafka-ready')
  return [
    ...(known ? [] : [`${workload.name} is not configured`]),
    ...needs
      .filter((each) => !before.has(each))
      .map((each) => `${workload.name} does not wait for ${each}`),
  ]
}

/** Workloads start after their namespace, secrets and other objects, those that use Kafka after Kafka. */
export const orderProblems = (calls: readonly Call[]): readonly string[] => {
  const resources = tiltResources(calls)
  const workloads = appliedObjects(calls).filter(podOf)
  const given = [...resources.values()].flatMap(({ given }) => text(given, 'workload') || [])
  const unknown = given.filter((name) => !workloads.some((workload) => workload.name === name))
  return [
    ...workloads.flatMap((workload) => workloadProblems(workload, resources)),
    ...unknown
      .filter((name) => resources.get(name)?.kind === 'k8s_resource')
      .map((name) => `there is no workload ${name}`),
  ]
}

const declares = (workload: Resource | undefined, port: unknown): boolean => {
  const containers = list(workload && podOf(workload)?.spec, 'containers')
  const ports = containers.flatMap((container) => list(container, 'ports'))
  return ports.some((each) => map(each)['containerPort'] === port)
}

/** Forwarded ports are ports of the container, where Tilt itself applies it, and no port of this machine is given twice. */
export const portProblems = (calls: readonly Call[]): readonly string[] => {
  const objects = appliedObjects(calls)
  const resources = [...tiltResources(calls).values()]
  const forwards = resources.flatMap(({ name, kind, given }) => {
    const workload = objects.find((object) => object.name === name && podOf(object))
    return list(given, 'port_forwards').map((forward) => ({
      name,
      kind,
      workload,
      ports: map(forward),
    }))
  })
  const locals = forwards.map(({ ports }) => ports['local'])
  return [
    ...forwards
      .filter(
        ({ kind, workload, ports }) =>
          kind !== 'helm_resource' && !declares(workload, ports['container']),
      )
      .map(({ name }) => `${name} has no such port`),
    ...locals
      .filter((port, at) => locals.indexOf(port) !== at)
      .map((port) => `port ${port} is taken twice`),
  ]
}
