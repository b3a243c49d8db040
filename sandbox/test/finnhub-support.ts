import type { Sandbox } from '../src/index.ts'
import { connect, control, until } from './support.ts'

/** Where Finnhub's REST API is. */
export const api = '/finnhub/api/v1'
/** A good key. */
export const headers = { 'X-Finnhub-Token': 'some-key' }

/** Sets what `POST /control/finnhub` sets. */
export const settings = (sandbox: Sandbox, body: object) =>
  control(sandbox, 'POST', { path: '/finnhub', body })

type Client = Awaited<ReturnType<typeof connect>>

/** What has come until now: nonsense is answered after it. */
export const arrived = async (client: Client) => {
  client.ws.send('nonsense')
  await until(() => client.frames.at(-1)?.includes('Invalid message') ?? false)
  return (await client.take(1)).slice(0, -1)
}

/** A client whose subscriptions are known to be in force. */
export const follow = async (sandbox: Sandbox, symbols: string[]) => {
  const client = await connect(sandbox, '/finnhub/ws?token=some-key')
  for (const symbol of symbols) client.send({ type: 'subscribe', symbol })
  await arrived(client)
  return client
}
