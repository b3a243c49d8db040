import { type ChannelName, clientEvent, type Entry, statsPeriodMs } from '@flux/contracts'
import type { FluxClient, FluxClientOptions } from './api.ts'
import { type Cancel, type ClientClock, systemClock } from './clock.ts'
import { createClockOffset } from './clock-offset.ts'
import { createCounters } from './counters.ts'
import { FluxClientError } from './errors.ts'
import { addHistory, askHistory } from './history.ts'
import { createIntake } from './intake.ts'
import { createLatency } from './latency.ts'
import { createLink, type Link } from './link.ts'
import { tellLocation } from './location.ts'
import { createNotifier, topic } from './notify.ts'
import { createPresence } from './presence.ts'
import { restore } from './restore.ts'
import { createRum, rumPeriodMs } from './rum.ts'
import { defaultSchedule, onNetworkBack } from './schedule.ts'
import { openSocketIo, type SocketPort } from './socket.ts'
import { createStatusBoard } from './status.ts'
import { createStore } from './store.ts'
import { ackTimeoutMs } from './subscriptions.ts'
import { memoryTokens } from './tokens.ts'
import type { Arrival, Held, RecordListener } from './types.ts'
import { createUserCopy } from './user.ts'
import { createWanted, type Wanted } from './wanted.ts'

/** How long a room that nobody wants any more is kept joined, in milliseconds: a quick return costs nothing. */
const graceMs = 5_000
const sweepMs = 30_000

/**
 * The one place where data get the type that goes with their channel's name. The server checks every record against the
 * channel's schema when it reads it; a browser that did it again would do so for every record.
 */
const trusted = <Type>(data: unknown): Type => data as Type

/** Everything that a client is made of. */
const assemble = (options: FluxClientOptions) => {
  const { clock = systemClock, random = Math.random, tokens = memoryTokens() } = options
  const notifier = createNotifier(options.schedule ?? defaultSchedule(clock))
  const status = createStatusBoard(clock.now, () => notifier.changed(topic.status))
  const store = createStore({
    key: (channel, key) => notifier.changed(topic.key(channel, key)),
    keys: (channel) => notifier.changed(topic.keys(channel)),
  })
  const records = createRecordFeed()
  const counters = createCounters()
  const offset = createClockOffset(clock)
  const latency = createLatency()
  const wanted = createWanted(options.maxHz)
  const roomChanged = (room: string) => notifier.changed(topic.room(room))
  const intake = createIntake({
    store,
    counters,
    now: clock.now,
    onRecord: records.tell,
    roomChanged,
    broken: () => link.fail(),
  })
  const { url, openSocket = openSocketIo } = options
  const user = createUserCopy({
    ...{ clock, random, store: options.userStore },
    serverNow: () => clock.now() + offset.offsetMs(),
    send: (update) => request(link.socket(), clientEvent.userUpdate, update),
    changed(field) {
      if (field === 'home') {
        const before = wanted.home()
        wanted.setHome(user.home()?.room)
        link.homeMoved(before)
      }
      notifier.changed(topic.user(field))
    },
  })
  wanted.setHome(user.home()?.room)
  const told = { user, rum: createRum(random), presence: createPresence(roomChanged) }
  const shared = {
    clock,
    random,
    tokens,
    status,
    counters,
    offset,
    latency,
    wanted,
    intake,
    ...told,
  }
  const link: Link = createLink({ ...shared, url, openSocket, roomChanged })
  return { ...shared, store, notifier, records, link }
}

type Parts = ReturnType<typeof assemble>

const request = (socket: SocketPort | undefined, event: string, message: object) =>
  socket?.emitWithAck(event, message, ackTimeoutMs) ?? Promise.reject(new Error('No connection'))

/** Those who are told of every record. */
const createRecordFeed = () => {
  const listeners = new Set<RecordListener<ChannelName>>()
  return {
    tell: (channel: string, entry: Entry, how: Arrival) => {
      for (const listener of listeners) listener(trusted(channel), entry, how)
    },
    on(listener: RecordListener<ChannelName>) {
      const own: RecordListener<ChannelName> = (...record) => listener(...record)
      listeners.add(own)
      return () => {
        listeners.delete(own)
      }
    },
  }
}

/** What has to be done from time to time while the client is connected or tries to be. */
const keepHouse = ({ clock, store, status, offset, latency, rum, link }: Parts): Cancel => {
  const look = clock.every(statsPeriodMs, () => {
    store.expire(clock.now())
    link.watch()
    status.set({ clockOffsetMs: offset.offsetMs(), latencyMs: latency.medianMs() })
  })
  const sweep = clock.every(sweepMs, () => store.sweep(clock.now() + offset.offsetMs()))
  const report = clock.every(rumPeriodMs, () => {
    const { samples, traces } = rum.take()
    if (samples.length === 0 && traces.length === 0) return
    const message = { samples, ...(traces.length > 0 && { traces }) }
    // It is lost when there is no connection, and nobody waits for the answer.
    request(link.socket(), clientEvent.rum, message).catch(() => null)
  })
  const back = onNetworkBack(link.wake)
  return () => {
    look()
    sweep()
    report()
    back()
  }
}

/** Counts who wants which room; what nobody wants any more is left after a while. */
const createWants = (clock: ClientClock, wanted: Wanted, changed: () => void) => {
  const leaving = new Map<() => void, Cancel>()
  const releaseLater = (room: string) => {
    const release = () => {
      leaving.get(release)?.()
      leaving.delete(release)
      if (wanted.remove(room)) changed()
    }
    leaving.set(release, clock.after(graceMs, release))
  }
  return {
    want(room: string) {
      wanted.add(room)
      changed()
      let released = false
      return () => {
        if (released) return
        released = true
        releaseLater(room)
      }
    },
    /** Lets go at once of what would be let go of later, so that no timer is left. */
    settle: () => {
      for (const release of leaving.keys()) release()
    },
  }
}

const contentOf = ({ store }: Parts, channel: ChannelName) => {
  const content = store.of(channel)
  if (!content) throw new FluxClientError('bad_request', `There is no channel ${channel}`)
  return content
}

const readsOf = (parts: Parts): Pick<FluxClient, 'read' | 'keys' | 'samples' | 'records'> => ({
  read: (channel, key) => trusted(contentOf(parts, channel).held(key)),
  keys: (channel) => contentOf(parts, channel).keys(),
  samples: (channel, key) => contentOf(parts, channel).samples(key),
  records: (channel, key) => trusted(contentOf(parts, channel).records(key)),
})

const listeningOf = ({
  notifier,
  records,
}: Parts): Pick<FluxClient, 'onKey' | 'onKeys' | 'onStatus' | 'onRoom' | 'onRecord'> => ({
  onKey: (channel, key, listener) => notifier.on(topic.key(channel, key), listener),
  onKeys: (channel, listener) => notifier.on(topic.keys(channel), listener),
  onStatus: (listener) => notifier.on(topic.status, listener),
  onRoom: (room, listener) => notifier.on(topic.room(room), listener),
  onRecord: (listener) => records.on(listener),
})

const userOf = ({
  user,
  presence,
  link,
  notifier,
}: Parts): Pick<
  FluxClient,
  'setLocation' | 'home' | 'user' | 'setUser' | 'onUser' | 'presence'
> => ({
  setLocation: (location) => tellLocation(link.socket(), location),
  home: user.home,
  user: (field) => trusted(user.state(field)?.value),
  setUser: user.set,
  onUser: (field, listener) => notifier.on(topic.user(field), listener),
  presence: presence.of,
})

/** Makes a client that is not connected yet. It needs nothing from Node and nothing from a browser. */
export const createFluxClient = (options: FluxClientOptions): FluxClient => {
  const parts = assemble(options)
  const { clock, wanted, intake, status, link, counters } = parts
  const wants = createWants(clock, wanted, link.wantedChanged)
  let leaveHouse: Cancel | undefined

  const connect = () => {
    leaveHouse ??= keepHouse(parts)
    link.open()
  }
  return {
    connect,
    close() {
      leaveHouse?.()
      leaveHouse = undefined
      link.close()
      wants.settle()
    },
    want: wants.want,
    setMaxHz(maxHz) {
      wanted.setMaxHz(maxHz)
      link.wantedChanged()
    },
    ...readsOf(parts),
    ...listeningOf(parts),
    ...userOf(parts),
    status: status.get,
    room: (room) => {
      if (intake.isLive(room)) return 'live'
      return link.isRefused(room) ? 'refused' : 'waiting'
    },
    async history(channel, key) {
      const content = contentOf(parts, channel)
      const answer = await askHistory(link.socket(), channel, key)
      const held: readonly Held[] = addHistory({ content, intake, now: clock.now() }, answer)
      return trusted(held)
    },
    restore: (values) => restore(parts, values),
    reconnectNow: link.renew,
    cursor: intake.cursor,
    counters: () => counters,
  }
}
