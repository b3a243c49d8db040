import { channels } from '@flux/contracts'
import { isEntry } from './ack.ts'
import type { ClientClock } from './clock.ts'
import type { Counters } from './counters.ts'
import type { Intake } from './intake.ts'
import type { Latency } from './latency.ts'
import type { Rum } from './rum.ts'
import type { SocketPort } from './socket.ts'
import type { StatusBoard } from './status.ts'

/** Where live records go. */
export interface RecordsOptions {
  readonly intake: Intake
  readonly latency: Latency
  readonly rum: Rum
  readonly status: StatusBoard
  readonly clock: ClientClock
  readonly counters: Counters
}

/** Channels that flow by themselves tell how late a record is; in others the fact is old when it is asked for. */
const flowing = new Set(
  channels.filter((one) => one.ages.refreshAfterMs === null).map((one) => one.name),
)

/** Listens to the live records of every channel on a socket, and measures how late they are. */
export const listenToRecords = (
  socket: SocketPort,
  { intake, latency, rum, status, clock, counters }: RecordsOptions,
) => {
  for (const { name } of channels) {
    const isFlowing = flowing.has(name)
    socket.on(name, (raw) => {
      if (!isEntry(raw)) {
        counters.malformed += 1
        return
      }
      intake.live(name, raw)
      const now = clock.now() + status.get().clockOffsetMs
      if (typeof raw.c === 'string') rum.trace(raw.c, now)
      if (!isFlowing) return
      const ms = now - raw.t
      latency.add(ms)
      rum.add(name, ms)
    })
  }
}
