import type { Clock } from '../../clock.ts'
import type { TopicEnds } from '../port.ts'

type EndsByTopic = ReadonlyMap<string, TopicEnds>

const freshMs = 990
const waitMs = 2000

/**
 * Asks for ends at most once a second, whoever wants them; `undefined` when the broker does not answer within 2 s.
 */
export const createEndsWatch = (clock: Clock, ask: () => Promise<EndsByTopic | undefined>) => {
  let last: { readonly at: number; readonly ends: EndsByTopic | undefined } | undefined
  let asking: Promise<EndsByTopic | undefined> | undefined
  const askNow = async () => {
    const at = clock.monotonic()
    const ends = await ask().catch(() => undefined)
    last = { at, ends }
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
    latest: async (): Promise<EndsByTopic | undefined> => {
      if (last && clock.monotonic() - last.at < freshMs) return last.ends
      asking ??= askNow().finally(() => {
        asking = undefined
      })
      return await bounded(asking)
    },
  }
}
