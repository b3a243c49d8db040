// What a client knows over all of its connections: its cursor, and which canaries it has seen.
import { canary, entryOf, missing, positionOf } from './flux.js'

const raise = (marks, partition, offset) => {
  marks[partition] = Math.max(marks[partition] ?? -1, offset)
}

/** A client's cursor: raised by what comes live and by the heads of a hydrate, lowered by a `reset` alone. */
export const createCursor = () => {
  const cursor = {}
  let epoch
  const takeHeads = ({ room, channels, heads }) => {
    cursor[room] ??= {}
    const own = cursor[room]
    for (const [channel, marks] of Object.entries(heads)) {
      if (channels[channel]?.outcome === 'reset') own[channel] = {}
      own[channel] ??= {}
      for (const [partition, offset] of Object.entries(marks)) {
        raise(own[channel], partition, offset)
      }
    }
  }
  return {
    /** Takes the last part of a hydrate in. */
    hydrated(message) {
      epoch = message.epoch ?? epoch
      takeHeads(message)
    },
    /** Takes a live record in; false when the client has it already. */
    isNew(channel, text) {
      const [partition, offset] = positionOf(text)
      let isNew = false
      for (const own of Object.values(cursor)) {
        const marks = own[channel]
        if (!marks) continue
        if (offset > (marks[partition] ?? -1)) isNew = true
        raise(marks, partition, offset)
      }
      return isNew
    },
    /** For `subscribe` of the next connection. */
    known: () => ({ cursor, ...(epoch && { epoch }) }),
  }
}

/** Follows the canaries: counts the missing ones, tells how long (ms) each that comes live was on its way. */
export const createCanaries = (arrived = () => undefined) => {
  let newest
  const see = (seq) => {
    if (newest !== undefined && seq > newest + 1) missing.add(seq - newest - 1)
    newest = Math.max(newest ?? seq, seq)
  }
  return {
    /** Canaries of a hydrate; after a gap that the server admits the count begins anew. */
    hydrated({ channels }) {
      const own = channels[canary]
      if (!own) return
      if (own.outcome !== 'recovered') newest = undefined
      const numbers = own.entries.map(({ d }) => d.seq)
      for (const seq of numbers.sort((a, b) => a - b)) see(seq)
    },
    /** A live record of any channel. */
    record(channel, text) {
      if (channel !== canary) return
      const { seq, sentAt } = entryOf(text).d
      see(seq)
      arrived(Math.max(0, Date.now() - sentAt))
    },
  }
}
