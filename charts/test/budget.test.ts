import { describe, expect, it } from 'vitest'
import { memoryOf } from '../src/checks/budget.ts'
import { render } from '../src/helm.ts'
import { fluxOptions, infraOptions } from '../src/matrix.ts'

const gibibyte = 2 ** 30

describe('a laptop', () => {
  it('holds both charts with the values for development', async () => {
    const pods = [
      ...(await render(infraOptions('dev', 'standalone'))),
      ...(await render(fluxOptions('dev'))),
    ]
    const { requests, limits } = memoryOf(pods)
    expect(requests).toBeGreaterThan(gibibyte / 2)
    expect(requests).toBeLessThanOrEqual(2 * gibibyte)
    expect(limits).toBeLessThanOrEqual(4 * gibibyte)
  })
})
