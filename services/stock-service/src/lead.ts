import { stockQuotes } from '@flux/contracts'
import { type Clock, createQueue, FluxError, type Leader } from '@flux/runtime'
import { type AskOptions, askForQuotes } from './ask.ts'
import { type Book, createBook } from './book.ts'
import { restSource } from './health.ts'
import { isTrading } from './market.ts'
import type { MarketWatch } from './market-watch.ts'
import type { Recalled } from './recall.ts'
import type { Refresh } from './refresh.ts'
import { createRound, paceOf, type Round } from './round.ts'
import { type StreamOptions, streamTrades } from './stream.ts'
import type { Quote } from './values.ts'

/** What runs on one replica alone, while it leads. */
export interface LeadOptions
  extends Pick<AskOptions, 'finnhub' | 'events' | 'health'>,
    Pick<StreamOptions, 'sources'> {
  readonly clock: Clock
  readonly random: () => number
  readonly symbols: readonly string[]
  /** Calls per minute to the provider, over all replicas. */
  readonly perMinute: number
  readonly closedEveryMs: number
  readonly performersEveryMs: number
  /** Where trades are streamed from, if at all. */
  readonly stream: { readonly url: string; readonly key: string } | undefined
  readonly simulated: boolean
  readonly watch: MarketWatch
  readonly refresh: Refresh
  recall(signal: AbortSignal): Promise<Recalled>
  /** Told what this replica holds while it leads, and `undefined` when that is over. */
  onHeld(held: { readonly book: Book; readonly round: Round } | undefined): void
}

/** Values per second and symbol that are published at most: trades come faster. */
const perSecond = 1

/** The pipe takes quotes as fast as they come and keeps the newest per symbol: this is room for one turn of the loop. */
const queueLimit = 5_000

/** The round goes on where the last leader's ended. */
const resumeRound = ({ clock, symbols }: LeadOptions, past: Recalled): Round => {
  const offset = clock.monotonic() - clock.now()
  const askedAt = [...past.publishedAt].map(([symbol, at]) => [symbol, at + offset] as const)
  return createRound(symbols, new Map(askedAt))
}

/** Removes quotes that are not followed any more. Version 0: whatever comes for that symbol later is newer. */
const removeGone = async (options: LeadOptions, leader: Leader, past: Recalled) => {
  const from = { source: restSource, simulated: options.simulated, version: 0 }
  options.events.removed(past.gone)
  await Promise.all(past.gone.map((key) => leader.publishTombstone(stockQuotes, key, from)))
}

const askInRounds = (
  options: LeadOptions,
  leader: Leader,
  { round, onQuote }: { round: Round; onQuote(quote: Quote): void },
): Promise<never> => {
  const { clock, watch, events, perMinute, closedEveryMs, refresh } = options
  const { signal } = leader
  return askForQuotes({
    ...options,
    ...{ round, signal, onQuote },
    pace: () => {
      const symbols = round.active(clock.monotonic())
      events.following(symbols)
      const trading = isTrading(watch.now(), clock.now())
      return paceOf({ symbols, perMinute, trading, closedEveryMs })
    },
    onCovered: () => {
      refresh.now(signal).catch((error: unknown) => {
        // The next regular one comes by itself.
        if (!signal.aborted && !(error instanceof FluxError)) throw error
      })
    },
  })
}

/**
 * Everything that runs on one replica: quotes in rounds, trades where wanted, and the performers. Goes on from what the
 * own topic holds. Resolves or throws the signal's reason when leadership ends; throws what makes going on impossible.
 */
export const lead = async (options: LeadOptions, leader: Leader): Promise<void> => {
  const { clock, events, simulated, symbols, refresh } = options
  const { signal } = leader
  const past = await options.recall(signal)
  await removeGone(options, leader, past)
  const book = createBook(past)
  const round = resumeRound(options, past)
  const quotes = createQueue<Quote>({ limit: queueLimit, overflow: 'drop-oldest' })
  const take = (quote: Quote | undefined) => {
    if (quote) quotes.push(quote)
    return quote !== undefined
  }
  const onQuote = (quote: Quote) =>
    events.quote(take(book.quote(quote, clock.now())) ? 'fetched' : 'older')
  const onTrade: StreamOptions['onTrade'] = (trade) =>
    events.trade(take(book.trade(trade, clock.now())) ? 'taken' : 'ignored')

  options.onHeld({ book, round })
  try {
    await Promise.race([
      leader.pipe(stockQuotes, () => quotes, { perSecond, source: restSource, simulated }),
      leader.poll(
        'performers',
        options.performersEveryMs,
        async (s) => void (await refresh.now(s)),
      ),
      askInRounds(options, leader, { round, onQuote }),
      ...(options.stream
        ? [streamTrades({ ...options, ...options.stream, symbols, signal, onTrade })]
        : []),
    ])
  } finally {
    quotes.close()
    options.onHeld(undefined)
    events.following(0)
  }
}
