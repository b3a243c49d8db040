import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A running HTTP server on a free port of the loopback. */
export interface FixtureHttp {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string
  /** Drops all connections and stops. */
  close(): Promise<void>
}

/** The port a listening server got. */
export const portOf = (address: AddressInfo | string | null): number => {
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

/** Starts an HTTP server that answers as `handler` says; one that never ends a response stands for a silent provider. */
export const fixtureHttp = async (handler: RequestListener): Promise<FixtureHttp> => {
  const server = createServer(handler)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
