import { createFluxClient } from '@flux/client'

/** A price as it arrived. */
export interface Price {
  readonly product: string
  readonly usd: string
}

/**
 * Connects as a browser does and waits for the first ticker that comes live, not with the snapshot.
 * Rejects with the signal's reason when it is aborted.
 */
export const firstPrice = (url: string, signal: AbortSignal): Promise<Price> =>
  new Promise((resolve, reject) => {
    const client = createFluxClient({ url })
    const end = () => {
      client.close()
      signal.removeEventListener('abort', abort)
    }
    const abort = () => {
      end()
      reject(signal.reason)
    }
    signal.addEventListener('abort', abort)
    client.onRecord((channel, entry, how) => {
      if (channel !== 'crypto.ticker' || how !== 'live') return
      const held = client.read('crypto.ticker', entry.k)
      if (!held) return
      end()
      resolve({ product: entry.k, usd: String(held.value.price) })
    })
    client.want('crypto.global')
    client.connect()
  })
