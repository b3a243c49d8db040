import { Buffer } from 'node:buffer'
import { type Frame, packedOf } from './frame.ts'

/** Frames that leave together. */
export interface Outgoing {
  readonly frames: readonly Frame[]
  /** All of them as one buffer, made when the first WebSocket wants it. */
  packed(): Buffer
}

const join = (frames: readonly Frame[]): Buffer => {
  const [first] = frames
  return first && frames.length === 1 ? packedOf(first) : Buffer.concat(frames.map(packedOf))
}

/** Frames in the order in which they leave. */
export const outgoing = (frames: readonly Frame[]): Outgoing => {
  let packed: Buffer | undefined
  return {
    frames,
    packed: () => {
      packed ??= join(frames)
      return packed
    },
  }
}

/** Several rooms' frames as one, their buffers joined. */
export const joined = (parts: readonly Outgoing[]): Outgoing => {
  const [first] = parts
  if (first && parts.length === 1) return first
  let packed: Buffer | undefined
  return {
    frames: parts.flatMap((part) => part.frames),
    packed: () => {
      packed ??= Buffer.concat(parts.map((part) => part.packed()))
      return packed
    },
  }
}
