import { describe, expect, it } from 'vitest'
import { renderFresh } from '../src/helm.ts'
import { sorted } from '../src/json.ts'
import { fluxOptions, infraOptions } from '../src/matrix.ts'
import { parseResources } from '../src/resource.ts'

const renders = [
  ['flux with defaults', fluxOptions('default')],
  ['flux for production', fluxOptions('prod')],
  ['flux-infra with Strimzi', infraOptions('default', 'strimzi')],
  ['flux-infra for production', infraOptions('prod', 'strimzi')],
  ['flux-infra with one broker', infraOptions('dev', 'standalone')],
] as const

describe.each(renders)('%s', (_, options) => {
  it('renders twice to the same bytes', async () => {
    expect(await renderFresh(options)).toBe(await renderFresh(options))
  })

  it('renders to the same objects with Helm 3 and Helm 4', async () => {
    const [older, newer] = await Promise.all([
      renderFresh({ ...options, helm: 3 }),
      renderFresh({ ...options, helm: 4 }),
    ])
    expect(parseResources(older).map(({ body }) => sorted(body))).toEqual(
      parseResources(newer).map(({ body }) => sorted(body)),
    )
  })
})
