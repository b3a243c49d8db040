import { describe, expect, it } from 'vitest'
import { eventPacket, outgoing, webSocketFrame } from './packet.ts'

const payloadOf = (packet: string): Buffer => webSocketFrame(packet)[1]

describe('frames', () => {
  it('write their length in 7, 16 or 64 bits', () => {
    const header = (length: number) => webSocketFrame('x'.repeat(length - 1))[0]
    expect([...header(125)]).toEqual([0x81, 125])
    expect([...header(126)]).toEqual([0x81, 126, 0, 126])
    expect([...header(65_535)]).toEqual([0x81, 126, 255, 255])
    expect([...header(65_536)]).toEqual([0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0])
  })

  it('count bytes, not characters', () => {
    const [header] = webSocketFrame('°')
    expect([...header]).toEqual([0x81, 3])
    expect(payloadOf('°').toString()).toBe('4°')
  })

  it('carry an event with its argument as it is', () => {
    expect(eventPacket('crypto.ticker', '{"k":1}')).toBe('2["crypto.ticker",{"k":1}]')
  })

  it('are joined into one buffer', () => {
    const { packed, texts } = outgoing(['a', 'b'])
    expect(texts).toEqual(['a', 'b'])
    expect(packed).toEqual(Buffer.from([0x81, 2, 0x34, 0x61, 0x81, 2, 0x34, 0x62]))
  })
})
