import { Buffer } from 'node:buffer'

/** The Socket.IO packet of an event on the default namespace, its argument given as JSON text. */
export const eventPacket = (event: string, json: string): string =>
  `2[${JSON.stringify(event)},${json}]`

const finalText = 0x81
const engineMessage = '4'

const headerLength = (length: number): number => {
  if (length < 126) return 2
  return length < 65_536 ? 4 : 10
}

const writeHeader = (frame: Buffer, length: number): void => {
  frame[0] = finalText
  if (length < 126) {
    frame[1] = length
  } else if (length < 65_536) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
}

/** The unmasked WebSocket text frame that carries a Socket.IO packet (RFC 6455, section 5.2). */
export const webSocketFrame = (packet: string): Buffer => {
  const payload = engineMessage + packet
  const length = Buffer.byteLength(payload)
  const start = headerLength(length)
  const frame = Buffer.allocUnsafe(start + length)
  writeHeader(frame, length)
  frame.write(payload, start)
  return frame
}
