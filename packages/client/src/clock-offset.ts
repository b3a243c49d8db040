import type { ClientClock } from './clock.ts'

/** How far the server's clock is from the client's. */
export interface ClockOffset {
  /** Forgets everything: another server, or the machine has slept. */
  reset(): void
  /** The server has said its time, epoch milliseconds. */
  heard(serverNow: number): void
  /** A message came back after so many milliseconds. */
  roundTrip(ms: number): void
  /** What has to be added to the client's clock, in milliseconds; 0 while nothing is known. */
  offsetMs(): number
}

const window = 20

/**
 * A message tells the server's time too late by its way here. The one with the shortest way tells the largest time, and
 * half of the shortest round trip is the best guess of that way. Reckoned on the monotonic clock, so that setting the
 * machine's clock moves the offset at once and needs no new message.
 */
export const createClockOffset = (clock: ClientClock): ClockOffset => {
  let heard: number[] = []
  let trips: number[] = []
  return {
    reset() {
      heard = []
      trips = []
    },
    heard(serverNow) {
      heard = [...heard.slice(1 - window), serverNow - clock.monotonic()]
    },
    roundTrip(ms) {
      trips = [...trips.slice(1 - window), ms]
    },
    offsetMs() {
      if (heard.length === 0) return 0
      const way = trips.length === 0 ? 0 : Math.min(...trips) / 2
      return Math.round(Math.max(...heard) + way + clock.monotonic() - clock.now())
    },
  }
}
