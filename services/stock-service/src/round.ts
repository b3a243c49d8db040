/** How fast symbols are asked for, in milliseconds. */
export interface Pace {
  /** From one call to the next for a symbol that has never been asked for. */
  readonly firstGapMs: number
  /** From one call to the next. */
  readonly gapMs: number
  /** From one call for a symbol to the next one for it, at least. */
  readonly periodMs: number
}

/** Share of the budget that is left to the market status and to commands. */
const reserve = 0.05

/** A new round must not come as one burst: the provider may limit seconds too. */
const firstGapMs = 250

/**
 * The pace that asks for `symbols` symbols evenly within `perMinute` calls; while the market does not trade every symbol
 * once in `closedEveryMs` at most.
 */
export const paceOf = (options: {
  readonly symbols: number
  readonly perMinute: number
  readonly trading: boolean
  readonly closedEveryMs: number
}): Pace => {
  const symbols = Math.max(1, options.symbols)
  const fastestMs = 60_000 / (options.perMinute * (1 - reserve))
  const fullRoundMs = symbols * fastestMs
  const periodMs = options.trading ? fullRoundMs : Math.max(fullRoundMs, options.closedEveryMs)
  return { firstGapMs, gapMs: periodMs / symbols, periodMs }
}

/** Whose turn it is, and from when on; no symbol when all are left out until then. */
interface Turn {
  readonly symbol: string | undefined
  readonly at: number
}

/** Symbols asked for one after another, the one that has waited longest first. All times are of one clock that never goes back. */
export interface Round {
  next(now: number, pace: Pace): Turn
  /** The symbol was asked for. */
  asked(symbol: string, now: number): void
  /** The symbol is left out until then. */
  leaveOut(symbol: string, until: number): void
  /** Symbols that are not left out. */
  active(now: number): number
  /** True when every active symbol has been asked for since the round was made. */
  isCovered(now: number): boolean
}

interface Place {
  readonly symbol: string
  /** When it was asked for last, here or by the leader before. */
  askedAt: number
  isCovered: boolean
  leftOutUntil: number
}

const never = Number.NEGATIVE_INFINITY

/** A round over `symbols`; `askedAt` tells when those were asked for that have been before. */
export const createRound = (
  symbols: readonly string[],
  askedAt: ReadonlyMap<string, number> = new Map(),
): Round => {
  const places = symbols.map((symbol): Place => {
    const at = askedAt.get(symbol) ?? never
    return { symbol, askedAt: at, isCovered: false, leftOutUntil: never }
  })
  const bySymbol = new Map(places.map((place) => [place.symbol, place]))
  let lastAt = never

  const activeAt = (now: number) => places.filter(({ leftOutUntil }) => leftOutUntil <= now)

  return {
    next: (now, { firstGapMs: firstGap, gapMs, periodMs }) => {
      const [first, ...rest] = activeAt(now)
      if (!first) {
        return { symbol: undefined, at: Math.min(...places.map((place) => place.leftOutUntil)) }
      }
      const place = rest.reduce((a, b) => (b.askedAt < a.askedAt ? b : a), first)
      const gap = place.askedAt === never ? firstGap : gapMs
      return { symbol: place.symbol, at: Math.max(lastAt + gap, place.askedAt + periodMs) }
    },
    asked: (symbol, now) => {
      lastAt = now
      const place = bySymbol.get(symbol)
      if (!place) return
      place.askedAt = now
      place.isCovered = true
    },
    leaveOut: (symbol, until) => {
      const place = bySymbol.get(symbol)
      if (place) place.leftOutUntil = until
    },
    active: (now) => activeAt(now).length,
    isCovered: (now) => activeAt(now).every((place) => place.isCovered),
  }
}
