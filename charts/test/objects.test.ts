import { describe, expect, it } from 'vitest'
import { builtInFaults, isBuiltIn } from '../src/checks/built-in.ts'
import { lifetimeFaults } from '../src/checks/lifetime.ts'
import { isOperated, operatedFaults } from '../src/checks/operators.ts'
import { operandFaults, podFaults } from '../src/checks/pod-security.ts'
import { referenceFaults } from '../src/checks/references.ts'
import { overlapFaults, selectorFaults } from '../src/checks/selectors.ts'
import { customCheck } from '../src/checks/strimzi.ts'
import { documentedSecrets } from '../src/external.ts'
import { map } from '../src/json.ts'
import { distinctRenders } from '../src/matrix.ts'
import { podsOf, titleOf } from '../src/resource.ts'
import { strimziDefinitions } from '../src/strimzi-crds.ts'
import { suppliedByTests } from './supplied.ts'

const definitions = await strimziDefinitions(process.env)
const strimziFaults = definitions && customCheck(definitions)

const secrets = {
  ...documentedSecrets({ cluster: 'flux', release: 'flux' }),
  ...suppliedByTests,
}

describe.each(await distinctRenders())('$name', ({ resources }) => {
  const ours = resources.filter((one) => !isBuiltIn(one) && !isOperated(one))

  it('names no field that Kubernetes does not know, and none with a wrong type', () => {
    expect(resources.filter(isBuiltIn).flatMap(builtInFaults)).toEqual([])
    expect(resources.filter(isOperated).flatMap(operatedFaults)).toEqual([])
  })

  it('has no object of an API that nobody checks', () => {
    const strangers = ours.filter(({ apiVersion }) => apiVersion !== 'kafka.strimzi.io/v1')
    expect(strangers.map(titleOf)).toEqual([])
  })

  it.skipIf(!strimziFaults)(
    'has custom resources that the definitions of Strimzi take whole (needs Java 21 or newer)',
    () => {
      expect(ours.flatMap((one) => strimziFaults?.(one) ?? [])).toEqual([])
    },
  )

  it('runs restricted pods only', () => {
    expect(podsOf(resources).flatMap((pod) => podFaults(pod))).toEqual([])
    expect(resources.flatMap(operandFaults)).toEqual([])
  })

  it('has selectors, ports and targets that meet', () => {
    expect(selectorFaults(resources)).toEqual([])
    expect(overlapFaults(resources)).toEqual([])
  })

  it('refers to nothing that nobody makes', () => {
    expect(referenceFaults(resources, secrets)).toEqual([])
  })

  it('gives every process the time to end', () => {
    expect(podsOf(resources).flatMap(lifetimeFaults)).toEqual([])
  })

  it('has no empty object and no object twice', () => {
    const maps = resources.filter(({ kind }) => kind === 'ConfigMap')
    const empty = maps.filter(({ body }) => Object.keys(map(body, 'data')).length === 0)
    expect(empty.map(titleOf)).toEqual([])
    const titles = resources.map(titleOf)
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
  })

  it('puts the standard labels on every object, and every object into the namespace of the release', () => {
    const unlabelled = resources.filter(
      ({ labels }) =>
        !['name', 'instance', 'component', 'managed-by'].every(
          (label) => labels[`app.kubernetes.io/${label}`],
        ),
    )
    expect(unlabelled.map(titleOf)).toEqual([])
    expect(resources.filter(({ namespace }) => namespace !== 'flux').map(titleOf)).toEqual([])
  })

  it('makes no Secret', () => {
    expect(resources.filter(({ kind }) => kind === 'Secret').map(titleOf)).toEqual([])
  })
})
