import { describe, expect, it } from 'vitest'
import { overlapFaults, selectorFaults } from '../src/checks/selectors.ts'
import { render } from '../src/helm.ts'
import { fluxOptions, infraOptions } from '../src/matrix.ts'
import { titleOf } from '../src/resource.ts'

const pair = async (prefix: string, provider: 'strimzi' | 'standalone') => [
  ...(await render({ ...infraOptions('all-on', provider), release: `${prefix}-infra` })),
  ...(await render({ ...fluxOptions('all-on'), release: prefix })),
]

describe.each(['strimzi', 'standalone'] as const)(
  'two releases in one namespace, %s',
  (provider) => {
    it('have no object in common', async () => {
      const [blue, green] = await Promise.all([pair('blue', provider), pair('green', provider)])
      const taken = new Set(blue.map(titleOf))
      expect(green.map(titleOf).filter((title) => taken.has(title))).toEqual([])
    })

    it('take no pod of each other', async () => {
      const both = [...(await pair('blue', provider)), ...(await pair('green', provider))]
      expect(selectorFaults(both)).toEqual([])
      expect(overlapFaults(both)).toEqual([])
    })
  },
)
