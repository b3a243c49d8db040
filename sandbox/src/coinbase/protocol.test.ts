import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { channels, createSubscriptions, parseRequest } from './protocol.ts'

const known = {
  isProduct: (id: string) => ['BTC-USD', 'ETH-USD', 'SOL-USD'].includes(id),
  isDelisted: (id: string) => id === 'LOOM-USD',
}
const parse = (value: unknown) => parseRequest(JSON.stringify(value))
const apply = (subscriptions: ReturnType<typeof createSubscriptions>, value: unknown) => {
  const request = parse(value)
  return request.type === 'error' ? request : subscriptions.apply(request)
}

describe('the subscription protocol', () => {
  it('never throws on what a client sends', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseRequest(text)).toHaveProperty('type')
      }),
    )
    const fields = fc.record(
      {
        type: fc.constantFrom('subscribe', 'unsubscribe'),
        channels: fc.jsonValue(),
        product_ids: fc.jsonValue(),
      },
      { requiredKeys: ['type'] },
    )
    fc.assert(fc.property(fields, (value) => void apply(createSubscriptions(known), value)))
  })

  it('takes both forms of channels, mixed', () => {
    const message = {
      type: 'subscribe',
      product_ids: ['BTC-USD'],
      channels: ['heartbeat', { name: 'ticker', product_ids: ['ETH-USD'] }, { name: 'matches' }],
    }
    const subscriptions = createSubscriptions(known)
    expect(apply(subscriptions, message)).toEqual([
      { channel: 'heartbeat', product: 'BTC-USD' },
      { channel: 'ticker', product: 'ETH-USD' },
      { channel: 'matches', product: 'BTC-USD' },
    ])
    expect(apply(subscriptions, message)).toEqual([])
  })

  it('takes nothing of a request that has one fault', () => {
    const subscriptions = createSubscriptions(known)
    const faults = [
      [
        { channels: ['ticker', 'tocker'], product_ids: ['BTC-USD'] },
        'tocker is not a valid channel',
      ],
      [{ channels: ['ticker'], product_ids: ['BTC-USD', 'X'] }, 'X is not a valid product'],
      [{ channels: ['ticker'] }, 'No products provided'],
      [{ channels: [] }, 'No channels provided'],
      [{ channels: ['ticker', 5], product_ids: ['BTC-USD'] }, 'Invalid channels or product_ids'],
    ]
    for (const [fields, reason] of faults) {
      const refused = apply(subscriptions, { type: 'subscribe', ...Object(fields) })
      expect(refused).toEqual({ type: 'error', message: 'Failed to subscribe', reason })
    }
    expect(subscriptions.counts()).toEqual({})
  })

  it('holds what was subscribed less what was unsubscribed', () => {
    const product = fc.constantFrom('BTC-USD', 'ETH-USD', 'SOL-USD')
    const message = fc.record({
      type: fc.constantFrom('subscribe', 'unsubscribe'),
      channels: fc.uniqueArray(fc.constantFrom(...channels), { minLength: 1 }),
      product_ids: fc.uniqueArray(product, { minLength: 1 }),
    })
    fc.assert(
      fc.property(fc.array(message), (messages) => {
        const subscriptions = createSubscriptions(known)
        const model = new Set<string>()
        for (const one of messages) {
          apply(subscriptions, one)
          for (const channel of one.channels) {
            for (const id of one.product_ids) {
              const key = `${channel}/${id}`
              if (one.type === 'subscribe') model.add(key)
              else model.delete(key)
            }
          }
        }
        const frame: { channels: { name: string; product_ids: string[] }[] } = JSON.parse(
          subscriptions.frame(),
        )
        const echoed = frame.channels.flatMap((c) => c.product_ids.map((id) => `${c.name}/${id}`))
        expect(echoed.toSorted()).toEqual([...model].toSorted())
        expect(frame.channels.every((c) => c.product_ids.length > 0)).toBe(true)
      }),
    )
  })
})
