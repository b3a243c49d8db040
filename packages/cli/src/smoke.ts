import { address, integer, list, messageOf, setting } from '@flux/runtime'
import * as z from 'zod'
import { areConsecutive, takeCanaries } from './smoke/canary.ts'
import { readSnapshot } from './smoke/snapshot.ts'
import { subcommand, type Work } from './subcommand.ts'

const settings = {
  urls: setting(
    'FLUX_URL',
    list.pipe(z.array(address('http', 'https')).min(1, 'names no address')),
    {
      help: 'addresses of an installation, as http://flux-frontend:8080, separated by commas',
    },
  ),
  timeoutMs: setting('SMOKE_TIMEOUT_MS', integer(1_000, 600_000), {
    help: 'milliseconds that the test of one address may take',
    default: '60000',
  }),
  canaries: setting('SMOKE_CANARIES', integer(1, 60), {
    help: 'canaries that have to come live; one is sent a second',
    default: '3',
  }),
}

interface SmokeConfig {
  readonly timeoutMs: number
  readonly canaries: number
}

/** A pod that has just started may not be reachable at once: tried again until the time is over. */
const snapshotOf = async (url: string, { clock, signal }: Work<unknown>) => {
  for (;;) {
    try {
      return await readSnapshot(url, { channel: 'platform.canary', now: clock.now, signal })
    } catch (error) {
      if (signal.aborted) throw signal.reason
      await clock.sleep(500, signal).catch(() => Promise.reject(error))
    }
  }
}

const smokeOne = async (url: string, work: Work<SmokeConfig>): Promise<void> => {
  const { log, config } = work
  const signal = AbortSignal.any([work.signal, AbortSignal.timeout(config.timeoutMs)])
  const snapshot = await snapshotOf(url, { ...work, signal })
  log.info({ url, ...snapshot }, 'a snapshot over REST')
  const { seqs, ...canaries } = await takeCanaries(url, { count: config.canaries, signal })
  if (!areConsecutive(seqs)) throw new Error(`canaries were lost on the way: ${seqs.join(', ')}`)
  log.info({ url, seqs, ...canaries }, 'canaries from Kafka over WebSocket')
}

/** Tests an installation as a client: a snapshot over REST, and canaries that went through Kafka to a WebSocket. */
export const smoke = subcommand({
  name: 'smoke',
  summary: 'test an installation: a snapshot over REST, canaries from Kafka over WebSocket',
  settings,
  work: async (work) => {
    for (const url of work.config.urls) {
      try {
        await smokeOne(url, work)
      } catch (error) {
        throw new Error(`${url}: ${messageOf(error)}`)
      }
    }
  },
})
