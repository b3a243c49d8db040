import { at, list, text } from '../json.ts'
import { quantity } from '../quantity.ts'
import { podsOf, type Resource } from '../resource.ts'

/** Memory in bytes of everything that runs at once. */
export interface Memory {
  readonly requests: number
  readonly limits: number
}

const memory = (sum: Memory, value: Memory, times: number): Memory => ({
  requests: sum.requests + value.requests * times,
  limits: sum.limits + value.limits * times,
})

/** Sum over all replicas of what keeps running; jobs and tests come and go. Throws RangeError for a bad quantity. */
export const memoryOf = (resources: readonly Resource[]): Memory =>
  podsOf(resources)
    .filter(({ longRunning }) => longRunning)
    .reduce<Memory>(
      (sum, pod) => {
        const replicas = Number(at(pod.owner.body, 'spec', 'replicas') ?? 1)
        return list(pod.spec, 'containers').reduce<Memory>((total, container) => {
          const asked = (what: string) =>
            quantity(text(container, 'resources', what, 'memory') || '0')
          return memory(total, { requests: asked('requests'), limits: asked('limits') }, replicas)
        }, sum)
      },
      { requests: 0, limits: 0 },
    )
