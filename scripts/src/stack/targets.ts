import type { Part } from './part.ts'
import type { Target } from './prometheus.ts'

/** `bff-2` is a `bff`, `crypto-service-1` a `crypto-service`: the component, as Kubernetes would name the job. */
const jobOf = (name: string): string => name.replace(/-\d+$/, '')

/** The parts that expose metrics, for a Prometheus. */
export const targetsOf = (
  parts: readonly Pick<Part, 'name' | 'internalUrl'>[],
): readonly Target[] =>
  parts.flatMap(({ name, internalUrl }) =>
    internalUrl === undefined ? [] : [{ job: jobOf(name), replica: name, internalUrl }],
  )
