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

/** A range of ports, its ends included, and the one to begin with. */
interface PortRange {
  readonly from: number
  readonly to: number
  readonly first: number
}

/**
 * Gives out the ports of a range on which nothing listens, one after another: none a second time before the range is
 * through, so that two parts that start together never get the same. It throws StackError `no_free_port` after 100 tries.
 */
export const createPorts = ({ from, to, first }: PortRange): (() => Promise<number>) => {
  const count = to - from + 1
  let next = first - from
  return async () => {
    for (let tries = 0; tries < 100; tries += 1) {
      const port = from + (next % count)
      next += 1
      if (await tryListen(port)) return port
    }
    throw new StackError('no_free_port', `no free port found between ${from} and ${to}`)
  }
}

/**
 * A TCP port on which nothing listens now and that this process was not given before. Processes that start one after
 * another, as those of tests, begin 64 ports apart.
 */
export const freePort = createPorts({
  from: lowest,
  to: highest,
  first: lowest + ((process.pid * 64) % (highest - lowest)),
})

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
