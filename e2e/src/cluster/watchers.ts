import { type Checker, eventually, openChecker } from '@flux/testkit'

const product = 'BTC-USD'

// Prices (the newest is enough), trades and canaries (every one, in order).
const watchedRooms: readonly string[] = ['crypto.global', `crypto.${product}`, 'platform.canary']

/** What the watchers lived through. */
export interface Account {
  readonly clients: number
  /**
   * Canaries that clients were not given. Their numbers have no holes, whatever happens to the service that sends them:
   * who misses one has lost it on the way.
   */
  readonly lost: number
  /** The same of trades: whole only while the provider itself is there. */
  readonly lostTrades: number
  /** Broken promises, as sentences. */
  readonly faults: readonly string[]
  /** Clients that had to connect again, and how many of them got everything they had missed. */
  readonly returned: number
  readonly recovered: number
  /** Connections begun in the busiest second. */
  readonly busiestSecond: number
}

/** A client, and the numbers of the canaries it was given. */
interface Watcher extends Checker {
  readonly canaries: readonly number[]
}

/** Many clients on one address that remember what they were given. */
export interface Watchers {
  readonly clients: readonly Checker[]
  /** Waits until every client is live in every room. */
  allLive(deadlineMs?: number): Promise<void>
  /** Waits until every client has got a newer trade and a newer price than it has now. */
  goesOn(what: string, deadlineMs?: number): Promise<void>
  /** From here on `account` counts. */
  mark(): void
  /** Waits until everybody has what the first one has, then adds up what happened since `mark`. */
  account(): Promise<Account>
  /** How many clients each replica has. */
  perReplica(): Readonly<Record<string, number>>
  close(): void
}

const isLive = ({ client }: Checker) =>
  client.status().phase === 'live' && watchedRooms.every((room) => client.room(room) === 'live')

/** Connections begun, and channels that were given anew instead of what was missed. */
const countsOf = ({ client }: Checker) => {
  const { sessions, outcomes } = client.counters()
  return { sessions, renewed: outcomes.snapshot + outcomes.reset }
}

const lastTrade = (checker: Checker) => checker.trades(product).at(-1) ?? 0

const priceAt = ({ client }: Checker) => client.read('crypto.ticker', product)?.receivedAt ?? 0

/** The most that fell into one second; times in milliseconds, in any order. */
const busiest = (times: readonly number[]): number => {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted.reduce((most, time, index) => {
    const within = sorted.slice(index).findIndex((later) => later >= time + 1_000)
    return Math.max(most, within < 0 ? sorted.length - index : within)
  }, 0)
}

const openWatcher = (url: string): Watcher => {
  const checker = openChecker(url, watchedRooms)
  const canaries: number[] = []
  checker.client.onRecord((channel, { v }) => {
    if (channel === 'platform.canary') canaries.push(v)
  })
  return { ...checker, canaries }
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

const lastCanary = ({ canaries }: Watcher) => canaries.at(-1) ?? 0

const newest = <T>(clients: readonly T[], last: (client: T) => number) =>
  Math.max(...clients.map(last))

const holes = (ids: readonly number[], from: number, to: number): number => {
  const seen = new Set(ids.filter((id) => id > from && id <= to))
  return Math.max(0, to - from - seen.size)
}

/** Notes every time at which one of the clients begins a new session. */
const watchHandshakes = (clients: readonly Checker[]) => {
  const times: number[] = []
  const stops = clients.map(({ client }) => {
    let before = client.status().phase
    return client.onStatus(() => {
      const { phase } = client.status()
      if (phase !== before && (phase === 'session' || phase === 'recovering'))
        times.push(Date.now())
      before = phase
    })
  })
  const stop = () => {
    for (const one of stops) one()
  }
  return { times, stop }
}

/** Connects this many clients at once. */
export const openWatchers = (url: string, count: number): Watchers => {
  const clients = Array.from({ length: count }, () => openWatcher(url))
  const handshakes = watchHandshakes(clients)
  let since = 0
  let firstIds: readonly { readonly trade: number; readonly canary: number }[] = []
  let before: readonly ReturnType<typeof countsOf>[] = []

  const allLive = (deadlineMs = 60_000) =>
    eventually('every client to be live', () => clients.every(isLive), deadlineMs)
  return {
    clients,
    allLive,
    goesOn: (what, deadlineMs = 60_000) => {
      const now = Date.now()
      const last = clients.map(lastTrade)
      return eventually(
        what,
        () => clients.every((one, i) => priceAt(one) > now && lastTrade(one) > (last[i] ?? 0)),
        deadlineMs,
      )
    },
    mark: () => {
      since = Date.now()
      firstIds = clients.map((one) => ({ trade: lastTrade(one), canary: lastCanary(one) }))
      before = clients.map(countsOf)
    },
    account: async () => {
      await allLive()
      const end = { trade: newest(clients, lastTrade), canary: newest(clients, lastCanary) }
      await eventually('everybody to have the same', () =>
        clients.every((one) => lastTrade(one) >= end.trade && lastCanary(one) >= end.canary),
      )
      const back = clients.filter((c, i) => countsOf(c).sessions > (before[i]?.sessions ?? 0))
      const whole = clients.filter((c, i) => countsOf(c).renewed === before[i]?.renewed)
      return {
        clients: count,
        lost: sum(
          clients.map((one, i) => holes(one.canaries, firstIds[i]?.canary ?? 0, end.canary)),
        ),
        lostTrades: sum(
          clients.map((one, i) => holes(one.trades(product), firstIds[i]?.trade ?? 0, end.trade)),
        ),
        faults: clients.flatMap((c) => c.faults()),
        returned: back.length,
        recovered: back.filter((c) => whole.includes(c)).length,
        busiestSecond: busiest(handshakes.times.filter((time) => time >= since)),
      }
    },
    perReplica: () => {
      const names = clients.map(({ client }) => client.status().replica ?? 'none')
      const groups = Object.groupBy(names, (name) => name)
      return Object.fromEntries(
        Object.entries(groups).map(([name, all = []]) => [name, all.length]),
      )
    },
    close: () => {
      handshakes.stop()
      for (const client of clients) client.close()
    },
  }
}
