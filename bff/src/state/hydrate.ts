import {
  type Cursor,
  channelsOfRoom,
  type Outcome,
  outcomes,
  protocolLimits,
} from '@flux/contracts'
import type { ChannelState } from './channel-state.ts'
import type { Recovery } from './recover.ts'

/** What a client brought, already compared with the ends that the broker reports. */
export interface Known {
  /** `undefined`: the client brought nothing. `foreign`: positions of another log. */
  readonly cursor: Cursor[string] | undefined
  readonly foreign: boolean
  /** Channels whose cursor lies beyond the end of the log: not our log. */
  readonly beyond: ReadonlySet<string>
}

/** A client that brought nothing. */
export const nothingKnown: Known = { cursor: undefined, foreign: false, beyond: new Set() }

/** What a hydrate is built from. */
export interface HydrateSource {
  readonly epoch: string | undefined
  stateOf(channel: string): ChannelState | undefined
  /** JSON texts of entries that were born on replicas. */
  bornIn(room: string): ReadonlyMap<string, readonly string[]>
  readonly now: number
  /** Only this channel of the room, when given. */
  readonly only?: string
}

interface Piece {
  readonly channel: string
  readonly outcome: Outcome
  /** JSON text of one entry, or `"key":{columns}` of a history. */
  readonly entry?: string
  readonly history?: string
}

const columnsOf = (state: ChannelState, room: string, recovery: Recovery, now: number): Piece[] => {
  const { channel } = state
  if (channel.history.kind !== 'sampled') return []
  const since = now - channel.history.spanMs
  const pieces: Piece[] = []
  for (const [key, samples] of state.room(room)?.samples ?? []) {
    const columns = samples.columns(since, recovery.after)
    if (columns.t.length === 0) continue
    const history = `${JSON.stringify(key)}:${JSON.stringify(columns)}`
    pieces.push({ channel: channel.name, outcome: recovery.outcome, history })
  }
  return pieces
}

const recoveryOf = (state: ChannelState, room: string, known: Known): Recovery => {
  const name = state.channel.name
  const isReset = known.foreign || known.beyond.has(name)
  const recovery = state.recover(room, isReset ? undefined : known.cursor?.[name])
  return isReset ? { ...recovery, outcome: 'reset' } : recovery
}

const piecesOf = (room: string, known: Known, source: HydrateSource) => {
  const heads: Record<string, unknown> = {}
  const pieces: Piece[] = []
  let worst: Outcome = 'recovered'
  let missedSince: number | undefined
  for (const [channel, entries] of source.only === undefined ? source.bornIn(room) : []) {
    pieces.push({ channel, outcome: 'snapshot' })
    for (const entry of entries) pieces.push({ channel, outcome: 'snapshot', entry })
  }
  for (const { name } of channelsOfRoom(room)) {
    if (source.only !== undefined && source.only !== name) continue
    const state = source.stateOf(name)
    if (!state) continue
    heads[name] = state.heads()
    const recovery = recoveryOf(state, room, known)
    const { outcome } = recovery
    if (outcomes.indexOf(outcome) > outcomes.indexOf(worst)) worst = outcome
    pieces.push({ channel: name, outcome })
    for (const { appendedAt } of outcome === 'recovered' ? recovery.entries : [])
      missedSince = Math.min(missedSince ?? appendedAt, appendedAt)
    for (const { wire } of recovery.entries) pieces.push({ channel: name, outcome, entry: wire })
    pieces.push(...columnsOf(state, room, recovery, source.now))
  }
  return { heads: JSON.stringify(heads), pieces, outcome: worst, missedSince }
}

const pack = (pieces: readonly Piece[]): Piece[][] => {
  const parts: Piece[][] = [[]]
  let size = 0
  for (const piece of pieces) {
    const length = (piece.entry?.length ?? 0) + (piece.history?.length ?? 0) + piece.channel.length
    if (size > 0 && size + length > protocolLimits.hydratePartBytes) {
      parts.push([])
      size = 0
    }
    parts.at(-1)?.push(piece)
    size += length
  }
  return parts
}

const channelsText = (pieces: readonly Piece[]): string => {
  const byChannel = Map.groupBy(pieces, (piece) => piece.channel)
  const texts = [...byChannel].map(([channel, own]) => {
    const entries = own.flatMap((p) => p.entry ?? []).join(',')
    const history = own.flatMap((p) => p.history ?? []).join(',')
    const tail = history ? `,"history":{${history}}` : ''
    return `${JSON.stringify(channel)}:{"outcome":"${own[0]?.outcome}","entries":[${entries}]${tail}}`
  })
  return `{${texts.join(',')}}`
}

/** What a room's client is sent. */
export interface Hydrate {
  /** `hydrate` messages as JSON texts. */
  readonly texts: readonly string[]
  /** The worst of all channels on Kafka. */
  readonly outcome: Outcome
  /** When the first record that the client's cursor had missed was appended, epoch milliseconds. */
  readonly missedSince?: number
}

/** The `hydrate` messages of a room, in parts of about 32 KiB, built from stored bytes. */
export const buildHydrate = (room: string, known: Known, source: HydrateSource): Hydrate => {
  const { heads, pieces, outcome, missedSince } = piecesOf(room, known, source)
  const parts = pack(pieces)
  const head = `"room":${JSON.stringify(room)},"epoch":${JSON.stringify(source.epoch ?? null)}`
  const texts = parts.map((part, index) => {
    const last = index === parts.length - 1
    return `{${head},"channels":${channelsText(part)},"heads":${heads},"part":${index},"last":${last}}`
  })
  return { texts, outcome, ...(missedSince !== undefined && { missedSince }) }
}
