import type { Resource } from '../resource.ts'
import { missingPrograms, unawaitedDefinitions, waiterProblems } from './command-checks.ts'
import { buildProblems, imageNameProblems, liveUpdateProblems } from './image-checks.ts'
import { imageContent } from './image-content.ts'
import {
  allBefore,
  appliedObjects,
  callsOf,
  imageBuilds,
  stringsOf,
  tiltResources,
} from './recording.ts'
import {
  dependencyProblems,
  groupProblems,
  orderProblems,
  portProblems,
} from './resource-checks.ts'
import type { Call } from './run.ts'

const imageProblems = async (
  calls: readonly Call[],
  looksInto: (ref: string) => boolean,
): Promise<readonly string[]> => {
  const builds = imageBuilds(calls).filter(({ ref }) => looksInto(ref))
  const problems = builds.map(async (build) => {
    const content = await imageContent(build)
    return [...(await buildProblems(build, content)), ...liveUpdateProblems(build, content)]
  })
  return [...imageNameProblems(calls), ...(await Promise.all(problems)).flat()]
}

/** What must be there before what. */
const infraOrder = (operator: boolean): readonly (readonly [string, string])[] => [
  ['flux-infra', 'secrets'],
  ['secrets', 'namespace'],
  ['kafka-ready', 'flux-infra'],
  ...(operator
    ? ([
        ['strimzi', 'namespace'],
        ['crds-ready', 'strimzi'],
        ['flux-infra', 'crds-ready'],
      ] as const)
    : []),
]

const infraProblems = (calls: readonly Call[], infra: readonly Resource[]): readonly string[] => {
  const resources = tiltResources(calls)
  const definitions = unawaitedDefinitions(resources.get('crds-ready'), infra)
  const operator = definitions.length > 0 || resources.has('crds-ready')
  return [
    ...(operator ? waiterProblems(resources.get('crds-ready'), infra) : []),
    ...waiterProblems(resources.get('kafka-ready'), infra),
    ...definitions.map((name) => `nothing waits for the definition ${name}`),
    ...infraOrder(operator)
      .filter(([name, before]) => !allBefore(resources, name).has(before))
      .map(([name, before]) => `${name} does not wait for ${before}`),
    ...(resources.get('flux-infra')?.manual
      ? []
      : ['flux-infra is installed anew after every change']),
  ]
}

const namespaceProblems = (calls: readonly Call[]): readonly string[] => {
  const namespaces = appliedObjects(calls).filter(({ kind }) => kind === 'Namespace')
  const restricted = namespaces.filter(
    ({ labels }) => labels['pod-security.kubernetes.io/enforce'] === 'restricted',
  )
  return restricted.length === namespaces.length
    ? []
    : ['a namespace loses its Pod Security labels']
}

const settingProblems = (calls: readonly Call[]): readonly string[] => {
  const contexts = callsOf(calls, 'allow_k8s_contexts').flatMap(({ contexts: each }) =>
    stringsOf(each),
  )
  const [versions] = callsOf(calls, 'version_settings')
  const [ci] = callsOf(calls, 'ci_settings')
  return [
    ...(contexts.join() === 'kind-flux' ? [] : [`the contexts are ${contexts.join()}`]),
    ...(versions?.['constraint'] ? [] : ['any version of Tilt may run it']),
    ...(ci?.['timeout'] && ci['readiness_timeout'] ? [] : ['tilt ci has no deadline']),
  ]
}

/**
 * What is wrong with the calls of a Tiltfile. `infra` is what the chart `flux-infra` renders to with the same provider;
 * `looksInto` tells which images are made up from their sources, which takes a second each.
 */
export const tiltfileProblems = async (
  calls: readonly Call[],
  infra: readonly Resource[],
  looksInto: (ref: string) => boolean = () => true,
): Promise<readonly string[]> => [
  ...settingProblems(calls),
  ...namespaceProblems(calls),
  ...dependencyProblems(calls),
  ...infraProblems(calls, infra),
  ...groupProblems(calls),
  ...orderProblems(calls),
  ...portProblems(calls),
  ...(await imageProblems(calls, looksInto)),
  ...(await missingPrograms(calls)),
]
