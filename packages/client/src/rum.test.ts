import { rumMessage } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { createRum } from './rum.ts'
import { createLive, entry } from './testing/parts.ts'

describe('samples of what users experience', () => {
  it('are a fair choice of all, within what the protocol takes', () => {
    let draws = 0
    const rum = createRum(() => {
      draws += 1
      return (draws % 10) / 10
    })
    for (let ms = 0; ms < 1_000; ms += 1) rum.add('crypto.ticker', ms + 0.4)
    rum.add('crypto.ticker', 3_600_000)
    const { samples } = rum.take()
    expect(samples).toHaveLength(20)
    expect(rumMessage.safeParse({ samples }).success).toBe(true)
    expect(samples.some(({ latencyMs }) => latencyMs > 500)).toBe(true)
    expect(rum.take()).toEqual({ samples: [], traces: [] })
  })

  it('go to the server every 30 s when there are any', async () => {
    const { server, clock } = await createLive()
    const before = server.socket().sent.length
    clock.advance(30_000)
    expect(server.socket().sent).toHaveLength(before)
    server.socket().tell('crypto.ticker', entry(2, { t: clock.now() - 40 }))
    clock.advance(30_000)
    const { event, payload } = server.socket().sent.at(-1) ?? {}
    expect(event).toBe('rum')
    expect(rumMessage.parse(payload).samples).toMatchObject([{ channel: 'crypto.ticker' }])
    expect(payload).not.toHaveProperty('traces')
  })

  it('name the records whose trace is recorded, with their arrival by the server’s clock', async () => {
    const { server, clock } = await createLive()
    const c = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
    server.socket().tell('weather', entry(2, { t: clock.now() - 600_000, c }))
    const arrived = clock.now()
    clock.advance(30_000)
    const { payload } = server.socket().sent.at(-1) ?? {}
    expect(rumMessage.parse(payload)).toEqual({
      samples: [],
      traces: [{ c, receivedAt: arrived }],
    })
  })

  it('name at most 20 of them', () => {
    const rum = createRum(() => 0)
    for (let n = 0; n < 30; n += 1) rum.trace(`00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, n + 0.4)
    const { traces } = rum.take()
    expect(traces).toHaveLength(20)
    expect(rumMessage.safeParse({ samples: [], traces }).success).toBe(true)
  })
})
