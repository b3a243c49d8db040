import { type Clock, FluxError, ProviderError, retryAfterOf } from '@flux/runtime'
import type { StockEvents } from './events.ts'
import type { Health } from './health.ts'
import type { Finnhub } from './provider/finnhub-rest.ts'
import type { QuoteReply } from './provider/finnhub-wire.ts'
import type { Pace, Round } from './round.ts'
import type { Quote } from './values.ts'

/** How long a symbol is left out that the provider does not know or does not give, in milliseconds. */
const leftOutMs = 86_400_000

/** The longest sleep before the pace is looked at again, in milliseconds: the market may open meanwhile. */
const longestSleepMs = 5_000

/** What asking for quotes needs. */
export interface AskOptions {
  readonly finnhub: Pick<Finnhub, 'quote'>
  readonly round: Round
  readonly clock: Clock
  readonly events: StockEvents
  readonly health: Health
  readonly signal: AbortSignal
  pace(): Pace
  onQuote(quote: Quote): void
  /** Called once, when every symbol has been asked for. */
  onCovered(): void
}

/** Nobody was asked: no failure of the provider. */
const wasNotMade = (error: FluxError): boolean =>
  ['held', 'breaker_open', 'deferred'].includes(error.code)

/** Deals with a failed call: how long to wait before the next one, in milliseconds. Throws what is a bug. */
const failed = (options: AskOptions, symbol: string, error: unknown): number => {
  const { round, clock, events, health } = options
  if (!(error instanceof FluxError)) throw error
  if (wasNotMade(error)) return retryAfterOf(error) ?? 0
  round.asked(symbol, clock.monotonic())
  if (error instanceof ProviderError && error.status === 403) {
    round.leaveOut(symbol, clock.monotonic() + leftOutMs)
    events.leftOut(symbol, 'forbidden')
    // What is left tells how the provider does; without anything left it is of no use.
    if (round.active(clock.monotonic()) > 0) return 0
  } else events.quoteFailed(symbol, error)
  health.quoteFailed(error)
  return 0
}

const answered = (options: AskOptions, symbol: string, reply: QuoteReply) => {
  const { round, clock, events } = options
  round.asked(symbol, clock.monotonic())
  options.health.quoteWorked()
  if (reply.kind === 'quote') return options.onQuote(reply.quote)
  if (reply.kind === 'no_price') return events.noPrice(symbol)
  round.leaveOut(symbol, clock.monotonic() + leftOutMs)
  events.leftOut(symbol, 'unknown')
}

/** Asks for one symbol: how long to wait before the next one, in milliseconds. */
const askFor = async (options: AskOptions, symbol: string): Promise<number> => {
  try {
    answered(options, symbol, await options.finnhub.quote(symbol, options.signal))
    return 0
  } catch (error) {
    options.signal.throwIfAborted()
    return failed(options, symbol, error)
  }
}

/** Asks for one symbol after the other for ever. Throws the signal's reason, and what is a bug. */
export const askForQuotes = async (options: AskOptions): Promise<never> => {
  const { round, clock, signal } = options
  let isCovered = false
  while (true) {
    const { symbol, at } = round.next(clock.monotonic(), options.pace())
    const early = at - clock.monotonic()
    const waitMs = symbol !== undefined && early <= 0 ? await askFor(options, symbol) : early
    if (!isCovered && round.isCovered(clock.monotonic())) {
      isCovered = true
      options.onCovered()
    }
    await clock.sleep(Math.min(Math.max(waitMs, 0), longestSleepMs), signal)
  }
}
