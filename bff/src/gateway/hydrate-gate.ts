/** Bounds the bytes of hydrates that are on their way at a time; who comes later waits in line. */
export interface HydrateGate {
  /** Resolves when it is this caller's turn. `onQueued` is called when that is not at once. */
  enter(onQueued: () => void): Promise<void>
  /** Bytes were handed to a socket. */
  sent(bytes: number): void
  /** They have left, or their socket has. */
  gone(bytes: number): void
}

/** A gate that lets in while less than `maxBytes` are in flight. */
export const createHydrateGate = (maxBytes: number): HydrateGate => {
  const waiting: (() => void)[] = []
  let inFlight = 0
  const letIn = () => {
    if (inFlight < maxBytes) waiting.shift()?.()
  }
  return {
    enter: (onQueued) => {
      if (inFlight < maxBytes && waiting.length === 0) return Promise.resolve()
      onQueued()
      return new Promise((resolve) => waiting.push(resolve))
    },
    sent: (bytes) => {
      inFlight += bytes
      letIn()
    },
    gone: (bytes) => {
      inFlight -= bytes
      letIn()
    },
  }
}
