/** Bounds the bytes of hydrates that are on their way at a time; who comes later waits in line. */
export interface HydrateGate {
  /** Resolves when it is this caller's turn, which `sent` ends. `onQueued` is called when bytes have to leave first. */
  enter(onQueued: () => void): Promise<void>
  /** So many bytes were handed to a socket, 0 when there was nobody to hand them to any more: the next one's turn. */
  sent(bytes: number): void
  /** They have left, or their socket has. */
  gone(bytes: number): void
  /** How many wait in line. */
  waiting(): number
}

interface Waiter {
  begin(): void
  onQueued(): void
}

/** A gate that lets in one at a time, while less than `maxBytes` are in flight. */
export const createHydrateGate = (maxBytes: number): HydrateGate => {
  const waiting: Waiter[] = []
  /** How many of those in line know that they wait. */
  let told = 0
  let inFlight = 0
  let isTaken = false
  const look = () => {
    if (inFlight >= maxBytes) {
      for (const { onQueued } of waiting.slice(told)) onQueued()
      told = waiting.length
    } else if (!isTaken) {
      // One at a time: of many who come in the same moment none has sent its bytes yet.
      const next = waiting.shift()
      told = Math.max(0, told - 1)
      isTaken = next !== undefined
      next?.begin()
    }
  }
  return {
    enter: (onQueued) =>
      new Promise((begin) => {
        waiting.push({ begin, onQueued })
        look()
      }),
    sent: (bytes) => {
      inFlight += bytes
      isTaken = false
      look()
    },
    gone: (bytes) => {
      inFlight -= bytes
      look()
    },
    waiting: () => waiting.length,
  }
}
