import type { FluxClient, RestorableValue } from '@flux/client'
import { type Channel, channelByName, channels } from '@flux/contracts'

/** Most that is kept, in characters; a browser stores two bytes for each, so 512 kB. */
export const maxCharacters = 256 * 1_024

/** Newest values of what the domains tell: no series, and nothing of the platform itself. */
const isKept = (channel: Channel): boolean =>
  channel.onKafka &&
  channel.delivery === 'latest' &&
  channel.history.kind !== 'newest' &&
  channel.domain !== 'platform'

const isRow = (row: unknown): row is [string, string, number, 0 | 1, unknown] =>
  Array.isArray(row) &&
  typeof row[0] === 'string' &&
  typeof row[1] === 'string' &&
  Number.isFinite(row[2]) &&
  (row[3] === 0 || row[3] === 1)

const rowsIn = (text: string | null): readonly unknown[] => {
  try {
    const rows: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(rows) ? rows : []
  } catch {
    return []
  }
}

/** The values in a stored text, as far as they are readable; their content is not looked at. */
const keptIn = (text: string | null): readonly RestorableValue[] =>
  rowsIn(text)
    .filter(isRow)
    .map(([channel, key, at, simulated, value]) => ({
      ...{ channel, key, at, value },
      simulated: simulated === 1,
    }))

/** The values in a stored text that this build of the page can show: another one may have known other shapes. */
export const restorable = (text: string | null): readonly RestorableValue[] =>
  keptIn(text).filter(({ channel: name, value }) => {
    const channel = channelByName(name)
    return channel !== undefined && isKept(channel) && channel.schema.safeParse(value).success
  })

/** The newest first, as many as there is room for. */
const packed = (values: readonly RestorableValue[]): string => {
  const rows: string[] = []
  let room = maxCharacters - '[]'.length
  for (const { channel, key, at, simulated, value } of values.toSorted((a, b) => b.at - a.at)) {
    const row = JSON.stringify([channel, key, at, simulated ? 1 : 0, value])
    room -= row.length + ','.length
    if (room < 0) break
    rows.push(row)
  }
  return `[${rows.join(',')}]`
}

/** What of a client is kept. */
export interface KeptClient extends Pick<FluxClient, 'room'> {
  keys(channel: string): readonly string[]
  read(channel: string, key: string): Omit<RestorableValue, 'channel' | 'key'> | undefined
}

/** All that the client holds of the kept channels. */
const heldBy = (client: KeptClient): readonly RestorableValue[] =>
  channels.filter(isKept).flatMap(({ name }) =>
    client.keys(name).flatMap((key) => {
      const held = client.read(name, key)
      return held
        ? [{ channel: name, key, at: held.at, simulated: held.simulated, value: held.value }]
        : []
    }),
  )

/**
 * The text to store: what the client holds, and of what was stored before, perhaps by another tab, what the client
 * knows nothing newer of. `now` in epoch milliseconds.
 */
export const keptText = (client: KeptClient, before: string | null, now: number): string => {
  const newest = new Map<string, RestorableValue>()
  const others = keptIn(before).filter(({ channel: name, key, at }) => {
    const channel = channelByName(name)
    // Of a room that is live, all that there is is here.
    const isCurrent = channel === undefined || client.room(channel.roomOf(key)) === 'live'
    return !isCurrent && now - at < channel.ages.retentionMs
  })
  for (const one of [...others, ...heldBy(client)]) {
    const id = `${one.channel} ${one.key}`
    if (one.at >= (newest.get(id)?.at ?? Number.NEGATIVE_INFINITY)) newest.set(id, one)
  }
  return packed([...newest.values()])
}
