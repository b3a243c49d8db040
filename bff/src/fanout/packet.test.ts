import { describe, expect, it } from 'vitest'
import { createFrame } from './frame.ts'
import { outgoing } from './outgoing.ts'
import { eventPacket, webSocketFrame } from './packet.ts'

describe('frames', () => {
  it('write their length in 7, 16 or 64 bits', () => {
    const header = (length: number, bytes: number) =>
      webSocketFrame('x'.repeat(length - 1)).subarray(0, bytes)
    expect([...header(125, 2)]).toEqual([0x81, 125])
    expect([...header(126, 4)]).toEqual([0x81, 126, 0, 126])
    expect([...header(65_535, 4)]).toEqual([0x81, 126, 255, 255])
    expect([...header(65_536, 10)]).toEqual([0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0])
    expect(webSocketFrame('x'.repeat(65_535))).toHaveLength(65_546)
  })

  it('count bytes, not characters', () => {
    const frame = webSocketFrame('°')
    expect([...frame.subarray(0, 2)]).toEqual([0x81, 3])
    expect(frame.subarray(2).toString()).toBe('4°')
  })

  it('carry an event with its argument as it is', () => {
    expect(eventPacket('crypto.ticker', '{"k":1}')).toBe('2["crypto.ticker",{"k":1}]')
  })

  it('are joined into one buffer', () => {
    const frames = ['1', '2'].map((wire) => createFrame({ event: 'a', wire, key: undefined }))
    expect(outgoing(frames).packed()).toEqual(
      Buffer.concat([webSocketFrame('2["a",1]'), webSocketFrame('2["a",2]')]),
    )
  })
})
