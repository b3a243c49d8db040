import { describe, expect, it } from 'vitest'
import { createParts, entry } from './testing/parts.ts'

describe('history', () => {
  const trade = (version: number) => entry(version, { k: 'BTC-USD' })
  const trades = 'crypto.trades'

  const createTrades = async () => {
    const parts = createParts()
    parts.client.want('crypto.BTC-USD')
    parts.client.connect()
    await parts.begin()
    parts.server.socket().tell('hydrate', {
      room: 'crypto.BTC-USD',
      epoch: 'e1',
      channels: { [trades]: { outcome: 'snapshot', entries: [trade(10)] } },
      heads: { [trades]: { '0': 10 } },
      part: 0,
      last: true,
    })
    return parts
  }
  const versions = (held: readonly { readonly version: number }[]) => held.map((one) => one.version)

  it('is put behind what came live, and a record that is on its way still counts as live', async () => {
    const { client, server } = await createTrades()
    const told: number[] = []
    client.onRecord((_, record) => told.push(record.v))
    const asked = client.history(trades, 'BTC-USD')
    await server
      .socket()
      .sent.at(-1)
      ?.answer({ ok: true, epoch: 'e1', entries: [8, 9, 10, 11].map(trade), heads: { '0': 11 } })
    expect(versions(await asked)).toEqual([8, 9, 10, 11])
    expect(versions(client.records(trades, 'BTC-USD'))).toEqual([8, 9, 10])
    server.socket().tell(trades, trade(11))
    expect(versions(client.records(trades, 'BTC-USD'))).toEqual([8, 9, 10, 11])
    expect(told).toEqual([11])
  })

  it('fails with a code that says whether to ask again', async () => {
    const { client, server } = await createTrades()
    const refused = client.history(trades, 'BTC-USD')
    const sent = server.socket().sent.at(-1)
    await Promise.all([
      expect(refused).rejects.toMatchObject({ code: 'busy', retryable: true, retryAfterMs: 50 }),
      sent?.answer({ ok: false, code: 'busy', message: 'Later', retryAfterMs: 50 }),
    ])
    const junk = client.history(trades, 'BTC-USD')
    await Promise.all([
      expect(junk).rejects.toMatchObject({ code: 'malformed', retryable: false }),
      server.socket().sent.at(-1)?.answer({ ok: true }),
    ])
    server.socket().tell('disconnect')
    await expect(client.history(trades, 'BTC-USD')).rejects.toMatchObject({ code: 'offline' })
  })
})
