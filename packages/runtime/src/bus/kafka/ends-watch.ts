import type { Clock } from '../../clock.ts'
import type { TopicEnds } from '../port.ts'

type EndsByTopic = ReadonlyMap<string, TopicEnds>

const freshMs = 990
const waitMs = 2000

/** The ends of topics; `undefined` when the broker does not answer within 2 s. */
export interface EndsWatch {
  /** At most a second old: the broker is asked once a second, whoever wants them. */
  latest(): Promise<EndsByTopic | undefined>
  /** Asked for from now on, so that nothing that is already read lies beyond them. */
  fresh(): Promise<EndsByTopic | undefined>
}

/** Asks for ends with `ask`, and remembers the answer for those who can do with an older one. */
export const createEndsWatch = (
  clock: Clock,
  ask: () => Promise<EndsByTopic | undefined>,
): EndsWatch => {
  let last: { readonly at: number; readonly ends: EndsByTopic | undefined } | undefined
  let asking: Promise<EndsByTopic | undefined> | undefined
  const askNow = async () => {
    const at = clock.monotonic()
    const ends = await ask().catch(() => undefined)
    if (!last || last.at <= at) last = { at, ends }
    return ends
  }
  const bounded = async (work: Promise<EndsByTopic | undefined>) => {
    const late = Promise.withResolvers<undefined>()
    const cancel = clock.after(waitMs, () => late.resolve(undefined))
    const ends = await Promise.race([work, late.promise])
    cancel()
    return ends
  }
  return {
    latest: async () => {
      if (last && clock.monotonic() - last.at < freshMs) return last.ends
      asking ??= askNow().finally(() => {
        asking = undefined
      })
      return await bounded(asking)
    },
    fresh: () => bounded(askNow()),
  }
}
