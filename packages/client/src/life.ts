import { clientEvent, type HydrateMessage, type SessionInit } from '@flux/contracts'
import type { ClientClock } from './clock.ts'
import type { ClockOffset } from './clock-offset.ts'
import type { Intake } from './intake.ts'
import { createProgress } from './progress.ts'
import type { SocketPort } from './socket.ts'
import type { StatusBoard } from './status.ts'
import { ackTimeoutMs, createSubscriptions } from './subscriptions.ts'
import type { Wanted } from './wanted.ts'

/** What a session is lived with. */
export interface LifeOptions {
  readonly clock: ClientClock
  readonly random: () => number
  readonly wanted: Wanted
  readonly intake: Intake
  readonly status: StatusBoard
  readonly offset: ClockOffset
  /** The socket of the connection, if there is one. */
  socket(): SocketPort | undefined
  roomChanged(room: string): void
}

/** One session after the other: from the server's first message to the end of its connection. */
export interface Life {
  begin(session: SessionInit): void
  end(): void
  isOn(): boolean
  hydrate(message: HydrateMessage): void
  wantedChanged(): void
  /** The user's home is another one than `before`. */
  homeMoved(before: string | undefined): void
  isRefused(room: string): boolean
  /** True when a room waits and no hydrate at all has come for too long. */
  isStuck(): boolean
}

/** How long a room may wait while no hydrate comes at all, in milliseconds. */
const hydrateWaitMs = 90_000

/** No session yet. */
export const createLife = (options: LifeOptions): Life => {
  const { clock, status, intake, wanted, offset } = options
  let on = false
  let progressedAt = 0

  const subscriptions = createSubscriptions({
    clock,
    random: options.random,
    ...{ rooms: wanted.rooms, maxHz: wanted.maxHz },
    isLive: intake.isLive,
    told: intake.told,
    send: (message) => timed(options, () => request(options.socket(), message)),
    follow: intake.follow,
    leave(room) {
      if (room !== wanted.home()) intake.leave(room)
    },
    refusalChanged(room) {
      options.roomChanged(room)
      if (on) progress.check()
    },
  })
  const { isRefused } = subscriptions
  const home = createHomeRoom(options, subscriptions.isFollowed)
  const progress = createProgress({ wanted, intake, status, isRefused, now: clock.now })

  return {
    begin(session) {
      on = true
      progressedAt = clock.monotonic()
      offset.reset()
      offset.heard(session.now)
      intake.begin(session.epoch)
      home.follow()
      status.set(sessionStatus(session, intake.epoch(), offset.offsetMs()))
      progress.begin()
      subscriptions.begin()
      progress.check()
    },
    end() {
      if (!on) return
      on = false
      subscriptions.end()
      intake.end()
    },
    isOn: () => on,
    hydrate(message) {
      progressedAt = clock.monotonic()
      const before = intake.epoch()
      const wasLive = intake.isLive(message.room)
      const done = intake.hydrate(message)
      if (!done) return
      const epoch = intake.epoch()
      status.set({ epoch: epoch ?? undefined })
      if (epoch !== before && before !== null) progress.begin()
      progress.committed(done, wasLive)
      progress.check()
    },
    wantedChanged() {
      progressedAt = clock.monotonic()
      subscriptions.update()
    },
    homeMoved(before) {
      if (!home.moved(before) || !on) return
      progressedAt = clock.monotonic()
      progress.check()
    },
    isRefused,
    isStuck: () =>
      on &&
      clock.monotonic() - progressedAt > hydrateWaitMs &&
      wanted.all().some((room) => !intake.isLive(room) && !isRefused(room)),
  }
}

/** Follows the room of the user's home, which the server joins by itself. */
const createHomeRoom = (
  { wanted, intake }: Pick<LifeOptions, 'wanted' | 'intake'>,
  isFollowed: (room: string) => boolean,
) => {
  const follow = () => {
    const room = wanted.home()
    if (room !== undefined) intake.follow(room)
  }
  return {
    follow,
    /** True when it is another room than `before`, which is left unless it is subscribed to. */
    moved(before: string | undefined): boolean {
      if (before === wanted.home()) return false
      follow()
      if (before !== undefined && !isFollowed(before)) intake.leave(before)
      return true
    },
  }
}

const request = (socket: SocketPort | undefined, message: object): Promise<unknown> =>
  socket
    ? socket.emitWithAck(clientEvent.subscribe, message, ackTimeoutMs)
    : Promise.reject(new Error('There is no connection'))

/** Measures the round trip, which the clock's offset is reckoned with. */
const timed = async (
  { clock, offset }: Pick<LifeOptions, 'clock' | 'offset'>,
  send: () => Promise<unknown>,
): Promise<unknown> => {
  const sentAt = clock.monotonic()
  const answer = await send()
  offset.roundTrip(clock.monotonic() - sentAt)
  return answer
}

const sessionStatus = (
  { userId, replica }: SessionInit,
  epoch: string | null,
  clockOffsetMs: number,
) => ({
  clockOffsetMs,
  userId,
  replica,
  epoch: epoch ?? undefined,
  attempt: 0,
  retryAt: undefined,
  refusal: undefined,
})
