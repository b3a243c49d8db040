import { type Cursor, hydrateMessage } from '@flux/contracts'
import { benchRoom } from '../bench/drivers/bench-channel.ts'
import type { Running } from '../bench/drivers/driver.ts'
import { fluxProtocol, subscribeText } from '../bench/drivers/flux.ts'

/** What a client brings that has been here before. */
export interface Known {
  readonly cursor: Cursor
  readonly epoch: string | null
}

const replies = (text: string): string | undefined => {
  if (text.startsWith('0')) return '40{}'
  if (text.startsWith('40')) return `420${subscribeText()}`
  return text === '2' ? '3' : undefined
}

/** The cursor of a client that has everything up to now: one is sent in and asks. */
export const cursorOf = ({ host, port, protocol }: Running): Promise<Known> => {
  const { promise, resolve, reject } = Promise.withResolvers<Known>()
  const socket = new WebSocket(`ws://${host}:${port}${protocol.path}`)
  socket.addEventListener('error', () => reject(new Error('the server cannot be reached')))
  socket.addEventListener('message', ({ data }) => {
    const text = String(data)
    const reply = replies(text)
    if (reply) return socket.send(reply)
    if (!text.startsWith('42["hydrate"')) return
    const [, message]: unknown[] = JSON.parse(text.slice(2))
    const { room, heads, epoch, last } = hydrateMessage.parse(message)
    if (!last) return
    socket.close()
    resolve({ cursor: { [room]: heads }, epoch })
  })
  return promise
}

/** How a client comes back: with its cursor, and ready when the room's hydrate is there. */
export const returnProtocol = ({ cursor, epoch }: Known) => ({
  ...fluxProtocol(subscribeText({ cursor, ...(epoch !== null && { epoch }) })),
  ready: `42["hydrate",{"room":"${benchRoom}"`,
})
