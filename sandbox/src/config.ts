import { setting } from '@flux/runtime'
import { z } from 'zod'

/** What can be set from outside, beside the settings of every process. */
export const settings = {
  host: setting('HOST', z.string().min(1), {
    help: 'Address that the providers are served on',
    default: '0.0.0.0',
  }),
  port: setting('PORT', z.coerce.number().int().min(0).max(65_535), {
    help: 'Port of all providers and the control API; 0 takes a free one',
    default: '4000',
  }),
  seed: setting('SANDBOX_SEED', z.coerce.number().int(), {
    help: 'Decides everything that is sent',
    default: '1',
  }),
  rate: setting('SANDBOX_RATE', z.coerce.number().min(0).max(100_000), {
    help: 'Matches per second over all products',
    default: '20',
  }),
  startAt: setting('SANDBOX_START_AT', z.coerce.number().int().positive().optional(), {
    help: "The market's time at the start in epoch milliseconds; without it, now",
  }),
  manual: setting('SANDBOX_MANUAL', z.stringbool(), {
    help: 'true: time passes only by POST /control/market/step',
    default: 'false',
  }),
  replayFile: setting('SANDBOX_REPLAY_FILE', z.string().min(1).optional(), {
    help: 'JSONL recording of the Coinbase stream that is replayed from the start on',
  }),
}
