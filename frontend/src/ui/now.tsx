import { createContext, type ReactNode, useCallback, useContext, useSyncExternalStore } from 'react'
import { useWhileSeen } from './seen.tsx'

/** The page's one clock for ages: a time that moves once a second while somebody looks. */
export interface Ticker {
  /** Epoch milliseconds of the last tick. */
  now(): number
  subscribe(listener: () => void): () => void
}

/** What a ticker is made of: a clock in epoch milliseconds and a repeating timer that can be cancelled. */
export interface TickerOptions {
  readonly read: () => number
  readonly every: (ms: number, tick: () => void) => () => void
}

const periodMs = 1_000

/** Makes a ticker whose timer runs only while it has listeners. */
export const createTicker = ({ read, every }: TickerOptions): Ticker => {
  const listeners = new Set<() => void>()
  let now = read()
  let stop: (() => void) | undefined
  const tick = () => {
    now = read()
    for (const listener of [...listeners]) listener()
  }
  return {
    now: () => now,
    subscribe: (listener) => {
      listeners.add(listener)
      if (!stop) {
        now = read()
        stop = every(periodMs, tick)
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stop?.()
        stop = undefined
      }
    },
  }
}

const TickerContext = createContext<Ticker | undefined>(undefined)

/** Gives the page's ticker to what is inside. */
export const TickerProvider = ({ ticker, children }: { ticker: Ticker; children: ReactNode }) => (
  <TickerContext value={ticker}>{children}</TickerContext>
)

const useTicker = (): Ticker => {
  const ticker = useContext(TickerContext)
  if (!ticker) throw new Error('A TickerProvider is missing above this component.')
  return ticker
}

/** What `select` makes of the time; renders again only when that, a plain value, changes. */
export const useTime = <T extends string | number | boolean>(select: (now: number) => T): T => {
  const ticker = useTicker()
  const snapshot = () => select(ticker.now())
  return useSyncExternalStore(useWhileSeen(ticker.subscribe), snapshot, snapshot)
}

/** The time in steps of `ms` (whole seconds), epoch milliseconds. */
export const useNow = (ms: number): number => useTime((now) => Math.floor(now / ms) * ms)

/** Reads the time of the last tick without following it. */
export const useReadNow = (): (() => number) => {
  const ticker = useTicker()
  return useCallback(() => ticker.now(), [ticker])
}
