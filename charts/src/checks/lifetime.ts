import { at, type Json, list, text } from '../json.ts'
import { type Pod, titleOf } from '../resource.ts'

const variable = (container: Json, name: string): number => {
  const entry = list(container, 'env').find((one) => text(one, 'name') === name)
  return Number(text(entry, 'value') || 0)
}

const numberAt = (value: Json | undefined, ...path: string[]): number =>
  Number(at(value, ...path) ?? 0)

/** Seconds that a container may need to leave: the pause before the signal, the drain, and five to close. */
const needed = (container: Json): number => {
  const pause = numberAt(container, 'lifecycle', 'preStop', 'sleep', 'seconds')
  const closing = Math.max(
    variable(container, 'DRAIN_MS') / 1000 + 5,
    variable(container, 'SHUTDOWN_TIMEOUT_MS') / 1000,
  )
  return pause + closing
}

/** Pods that are killed before their processes may be done. */
export const lifetimeFaults = (pod: Pod): readonly string[] => {
  if (!pod.longRunning) return []
  const grace = Number(at(pod.spec, 'terminationGracePeriodSeconds') ?? 30)
  return list(pod.spec, 'containers').flatMap((container) => {
    const [drain, limit] = [
      variable(container, 'DRAIN_MS'),
      variable(container, 'SHUTDOWN_TIMEOUT_MS'),
    ]
    const faults =
      grace < needed(container) ? [`${grace} s of grace, ${needed(container)} are needed`] : []
    const order =
      drain > 0 && limit <= drain
        ? [`closes (${limit} ms) before it has drained (${drain} ms)`]
        : []
    return [...faults, ...order].map((fault) => `${titleOf(pod.owner)}: ${fault}`)
  })
}
