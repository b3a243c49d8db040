import { createFluxClient } from '@flux/client'
import { platformCanary } from '@flux/contracts'

/** What came over the WebSocket. */
export interface Canaries {
  /** The replica that sent them. */
  readonly replica: string
  readonly seqs: readonly number[]
  /** Median from the producer's clock to this client in milliseconds, clocks' offset taken out. */
  readonly latencyMs: number | undefined
}

const room = platformCanary.roomOf('canary')

/** True when the numbers go up by one. */
export const areConsecutive = (seqs: readonly number[]): boolean =>
  seqs.every((seq, index) => index === 0 || seq === (seqs[index - 1] ?? 0) + 1)

/**
 * Connects as a browser does and takes `count` canaries that come live: each went from the canary-service through Kafka
 * and a replica to this client. Rejects with the signal's reason when it is aborted.
 */
export const takeCanaries = (
  url: string,
  { count, signal }: { count: number; signal: AbortSignal },
): Promise<Canaries> =>
  new Promise((resolve, reject) => {
    const client = createFluxClient({ url })
    const seqs: number[] = []
    const end = (settle: () => void) => {
      signal.removeEventListener('abort', abort)
      client.close()
      settle()
    }
    const abort = () => {
      const { phase, refusal } = client.status()
      const why = refusal ? `${phase}, refused: ${refusal}` : phase
      end(() => reject(new Error(`${seqs.length} of ${count} canaries came; the client is ${why}`)))
    }
    signal.addEventListener('abort', abort)
    client.onRecord((channel, entry, how) => {
      if (channel !== platformCanary.name || how !== 'live' || seqs.length >= count) return
      // A canary's version is its number.
      seqs.push(entry.v)
      if (seqs.length < count) return
      const { replica = 'unknown', latencyMs } = client.status()
      end(() => resolve({ replica, seqs, latencyMs }))
    })
    client.want(room)
    client.connect()
  })
