import { messageOf } from '@flux/runtime'
import * as z from 'zod'

const answer = z.object({
  channel: z.string(),
  entries: z.array(z.object({ k: z.string(), t: z.number() })).min(1, 'has no values'),
})

/** What was found over REST. */
export interface Snapshot {
  readonly channel: string
  readonly entries: number
  /** Age of the newest value in milliseconds, by this machine's clock. */
  readonly ageMs: number
}

/** `fetch` says only that it failed; the reason is one level down. */
const unreachable = (url: URL) => (error: unknown) => {
  const { cause } = error instanceof Error ? error : new Error(String(error))
  const why = cause instanceof Error ? cause.message : messageOf(error)
  throw new Error(`${url} cannot be reached: ${why}`)
}

const readOnce = async (url: URL, signal: AbortSignal): Promise<unknown> => {
  const headers = { accept: 'application/json' }
  const response = await fetch(url, { signal, headers }).catch(unreachable(url))
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response.json()
}

/** The newest values of a channel as `GET /api/v1/channels/{name}` gives them. Throws what is wrong with the answer. */
export const readSnapshot = async (
  base: string,
  { channel, now, signal }: { channel: string; now: () => number; signal: AbortSignal },
): Promise<Snapshot> => {
  const url = new URL(`/api/v1/channels/${channel}`, base)
  const parsed = answer.safeParse(await readOnce(url, signal))
  if (!parsed.success) throw new Error(`${url} is no snapshot: ${z.prettifyError(parsed.error)}`)
  const { entries } = parsed.data
  const newestAt = Math.max(...entries.map((entry) => entry.t))
  return { channel, entries: entries.length, ageMs: Math.round(now() - newestAt) }
}
