/** One run per key at a time; whoever asks meanwhile gets the same result. */
export interface SingleFlight<T> {
  /**
   * Joins the running work of the key or starts it. Rejects with the work's error, or with the caller's own abort
   * reason. The work's signal is aborted once everybody who waited for it has left.
   */
  run(key: string, work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>
  /** Keys with running work. */
  size(): number
}

interface Flight<T> {
  readonly result: Promise<T>
  readonly controller: AbortController
  waiting: number
}

const raceAbort = async <T>(result: Promise<T>, signal: AbortSignal): Promise<T> => {
  const left = Promise.withResolvers<never>()
  const onAbort = () => left.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([result, left.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** Makes a `SingleFlight` with no key in it. */
export const createSingleFlight = <T>(): SingleFlight<T> => {
  const flights = new Map<string, Flight<T>>()

  const start = (key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> => {
    const controller = new AbortController()
    const run = async () => {
      // A turn later, so that work that throws at once finds its flight registered.
      await Promise.resolve()
      try {
        return await work(controller.signal)
      } finally {
        if (flights.get(key) === flight) flights.delete(key)
      }
    }
    const flight: Flight<T> = { result: run(), controller, waiting: 0 }
    flights.set(key, flight)
    return flight
  }

  const leave = (key: string, flight: Flight<T>, signal: AbortSignal) => {
    flight.waiting -= 1
    if (flight.waiting > 0 || flights.get(key) !== flight) return
    // Removed before it is aborted: who comes now must not join work that is being given up.
    flights.delete(key)
    flight.controller.abort(signal.reason)
  }

  return {
    run: async (key, work, signal) => {
      signal.throwIfAborted()
      const flight = flights.get(key) ?? start(key, work)
      flight.waiting += 1
      try {
        return await raceAbort(flight.result, signal)
      } finally {
        leave(key, flight, signal)
      }
    },
    size: () => flights.size,
  }
}
