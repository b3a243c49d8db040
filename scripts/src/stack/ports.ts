import { createServer } from 'node:net'
import { hasCode, StackError } from './error.ts'

// Below the ranges that Linux (32768) and macOS (49152) take outgoing ports from: a client that
// reconnects to a dead server's port must not be given that port as its own.
const lowest = 15_000
const highest = 32_000

const tryListen = (port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) =>
      hasCode(error, 'EADDRINUSE', 'EACCES') ? resolve(false) : reject(error),
    )
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)))
  })

/** A TCP port on which nothing listens now. Throws StackError `no_free_port` after 100 tries. */
export const freePort = async (random: () => number = Math.random): Promise<number> => {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = lowest + Math.floor(random() * (highest - lowest))
    if (await tryListen(port)) return port
  }
  throw new StackError('no_free_port', `no free port found between ${lowest} and ${highest}`)
}

/**
 * The wished port, or a free one when none is wished. `setting` names what changes the wish.
 * Throws StackError `port_in_use`.
 */
export const choosePort = async (
  wished: number | undefined,
  part: string,
  setting: string,
): Promise<number> => {
  if (!wished) return freePort()
  if (await tryListen(wished)) return wished
  throw new StackError(
    'port_in_use',
    `port ${wished} (${part}) is in use or not allowed: stop what listens there, or choose another: ${setting}=${await freePort()}`,
  )
}
