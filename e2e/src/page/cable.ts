import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** The wire between a browser and a server, which can be cut and pulled out without either of them being told. */
export interface Cable {
  /** What the browser opens; the same server as at the other end. */
  readonly url: string
  /** Breaks every connection; new ones can be made at once. */
  cut(): void
  /** Frees the port and breaks every connection. */
  close(): Promise<void>
}

const pass = (from: Socket, to: Socket): void => {
  from.pipe(to)
  // The end of one side, however it comes, is the end of the other.
  from.once('close', () => to.destroy())
  from.on('error', () => to.destroy())
}

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return address !== null && typeof address === 'object' ? address.port : 0
}

/** Lays a cable to a server on this machine, named by its address. */
export const layCable = async (target: string): Promise<Cable> => {
  const port = Number(new URL(target).port)
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect({ port, host: '127.0.0.1' })
    open.add(near)
    near.once('close', () => open.delete(near))
    pass(near, far)
    pass(far, near)
  })
  const own = await listen(server)
  const cut = () => {
    for (const socket of [...open]) socket.destroy()
  }
  return {
    url: `http://localhost:${own}`,
    cut,
    close: async () => {
      server.close()
      cut()
      await once(server, 'close')
    },
  }
}
