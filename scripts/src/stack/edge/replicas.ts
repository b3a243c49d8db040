import { connect, type Socket } from 'node:net'
import { httpOk } from '../wait.ts'

/** Where a replica is reached, and where it says whether it is ready. */
export interface ReplicaAddress {
  readonly host: string
  readonly port: number
  /** Base address of the internal port. */
  readonly internalUrl: string
}

/** Chooses replicas and counts what they hold. */
export interface Replicas {
  /**
   * A connection to the ready replica with the fewest; a refused one leads to the next.
   * `undefined` when none is ready or all refuse.
   */
  open(): Promise<Socket | undefined>
  /** Asks all replicas now whether they are ready. */
  check(): Promise<void>
  anyReady(): boolean
  close(): void
}

interface Replica extends ReplicaAddress {
  ready: boolean
  connections: number
  chosenAt: number
}

const tryConnect = ({ host, port }: ReplicaAddress): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true })
    const fail = () => resolve(undefined)
    socket.once('error', fail)
    socket.once('connect', () => {
      socket.off('error', fail)
      socket.on('error', () => undefined) // 'close' follows; whoever uses the socket listens for that
      resolve(socket)
    })
  })

/** Watches the replicas' readiness every second. */
export const watchReplicas = (addresses: readonly ReplicaAddress[], everyMs = 1000): Replicas => {
  const replicas: Replica[] = addresses.map((address) => ({
    ...address,
    ready: false,
    connections: 0,
    chosenAt: 0,
  }))
  let choices = 0
  const check = async () => {
    await Promise.all(
      replicas.map(async (replica) => {
        replica.ready = await httpOk(`${replica.internalUrl}/readyz`)
      }),
    )
  }
  const timer = setInterval(() => void check(), everyMs)
  void check()
  // Counted before the connection stands, so that a crowd does not run to one replica.
  const tryOne = async (replica: Replica): Promise<Socket | undefined> => {
    replica.connections += 1
    replica.chosenAt = choices += 1
    const socket = await tryConnect(replica)
    if (socket) socket.once('close', () => (replica.connections -= 1))
    else replica.connections -= 1
    return socket
  }
  const open = async () => {
    const untried = new Set(replicas.filter((replica) => replica.ready))
    while (untried.size > 0) {
      const [best] = [...untried].sort(
        (a, b) => a.connections - b.connections || a.chosenAt - b.chosenAt,
      )
      if (!best) break
      untried.delete(best)
      const socket = await tryOne(best)
      if (socket) return socket
    }
    return undefined
  }
  return {
    open,
    check,
    anyReady: () => replicas.some((replica) => replica.ready),
    close: () => clearInterval(timer),
  }
}
