import { Buffer } from 'node:buffer'
import type { Outgoing } from './edge.ts'

/** The Socket.IO packet of an event on the default namespace, its argument given as JSON text. */
export const eventPacket = (event: string, json: string): string =>
  `2[${JSON.stringify(event)},${json}]`

const finalText = 0x81
const engineMessage = '4'

const frameHeader = (length: number): Buffer => {
  if (length < 126) return Buffer.from([finalText, length])
  if (length < 65_536) {
    const header = Buffer.from([finalText, 126, 0, 0])
    header.writeUInt16BE(length, 2)
    return header
  }
  const header = Buffer.alloc(10)
  header[0] = finalText
  header[1] = 127
  header.writeBigUInt64BE(BigInt(length), 2)
  return header
}

/** The unmasked WebSocket text frame that carries a Socket.IO packet (RFC 6455, section 5.2). */
export const webSocketFrame = (packet: string): readonly [Buffer, Buffer] => {
  const payload = Buffer.from(engineMessage + packet)
  return [frameHeader(payload.length), payload]
}

/** Packets in both forms: their texts, and all of their frames as one buffer. */
export const outgoing = (texts: readonly string[]): Outgoing => ({
  texts,
  packed: Buffer.concat(texts.flatMap(webSocketFrame)),
})
