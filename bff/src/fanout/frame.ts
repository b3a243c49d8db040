import type { Buffer } from 'node:buffer'
import { eventPacket, webSocketFrame } from './packet.ts'

/** One event on its way to a room. It is shared by everybody whom it is owed, and encoded once. */
export interface Frame {
  readonly event: string
  /** The event's argument as JSON text. */
  readonly wire: string
  /** What a newer frame of the same room takes the place of; `undefined`: nothing, every one counts. */
  readonly id: string | undefined
  readonly partition: number
  /** In its partition; -1 for what has no position. */
  readonly offset: number
  /** The number of the flush in which it left for the first time. */
  flush: number
  text: string | undefined
  packed: Buffer | undefined
}

interface FrameFields extends Pick<Frame, 'event' | 'wire'> {
  /** The key of a value whose newest is enough; `undefined` for a record that counts by itself. */
  readonly key: string | undefined
  readonly partition?: number
  readonly offset?: number
}

/** A frame that has not been encoded yet. */
export const createFrame = ({ event, wire, key, partition, offset }: FrameFields): Frame => ({
  event,
  wire,
  id: key === undefined ? undefined : `${event}\n${key}`,
  partition: partition ?? 0,
  offset: offset ?? -1,
  flush: 0,
  text: undefined,
  packed: undefined,
})

/** The frame as a Socket.IO packet. */
export const textOf = (frame: Frame): string => {
  frame.text ??= eventPacket(frame.event, frame.wire)
  return frame.text
}

/** The frame's bytes on a WebSocket. */
export const packedOf = (frame: Frame): Buffer => {
  frame.packed ??= webSocketFrame(eventPacket(frame.event, frame.wire))
  return frame.packed
}
