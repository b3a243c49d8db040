import { decimal, flag, integer, port, setting } from '@flux/runtime'
import { z } from 'zod'
import { marketModes } from './finnhub/calendar.ts'

/** What can be set from outside, beside the settings of every process. */
export const settings = {
  host: setting('HOST', z.string().min(1), {
    help: 'Address that the providers are served on',
    default: '0.0.0.0',
  }),
  port: setting('PORT', port, {
    help: 'Port of all providers and the control API; 0 takes a free one',
    default: '4000',
  }),
  seed: setting('SANDBOX_SEED', integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER), {
    help: 'Decides everything that is sent',
    default: '1',
  }),
  rate: setting('SANDBOX_RATE', decimal(0, 100_000), {
    help: 'Matches per second over all products',
    default: '20',
  }),
  startAt: setting('SANDBOX_START_AT', integer(1, Number.MAX_SAFE_INTEGER).optional(), {
    help: "The market's time at the start in epoch milliseconds; without it, now",
  }),
  manual: setting('SANDBOX_MANUAL', flag, {
    help: 'true: time passes only by POST /control/market/step',
    default: 'false',
  }),
  stockMarket: setting('SANDBOX_MARKET', z.enum(marketModes), {
    help: "US stock market: open at all hours, or real for New York's; pre, post, closed, holiday",
    default: 'open',
  }),
  replayFile: setting('SANDBOX_REPLAY_FILE', z.string().min(1).optional(), {
    help: 'JSONL recording of the Coinbase stream that is replayed from the start on',
  }),
}
