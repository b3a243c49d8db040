/** A latency as it was measured here. */
interface Sample {
  readonly channel: string
  readonly latencyMs: number
}

/** The arrival of a record whose trace is recorded. */
interface Traced {
  readonly c: string
  readonly receivedAt: number
}

/** Samples of what users experience, for the server. */
export interface Rum {
  /** Notes how late a live record was, in milliseconds. */
  add(channel: string, latencyMs: number): void
  /** Notes a record whose trace is recorded; `receivedAt` by the server's clock, epoch milliseconds. */
  trace(c: string, receivedAt: number): void
  /** What was noted since the last time: a fair choice of at most 20 latencies, and the first 20 traces. */
  take(): { readonly samples: readonly Sample[]; readonly traces: readonly Traced[] }
}

/** How often samples are sent, in milliseconds. */
export const rumPeriodMs = 30_000
const maxSamples = 20
/** Above this it is no latency but an old fact that was sent late, in milliseconds. */
const plausibleMs = 60_000

/** Every record has the same chance to be among the samples, however many there are (reservoir sampling). */
export const createRum = (random: () => number): Rum => {
  let samples: Sample[] = []
  let traces: Traced[] = []
  let seen = 0
  return {
    add(channel, latencyMs) {
      if (Math.abs(latencyMs) > plausibleMs) return
      seen += 1
      const place = samples.length < maxSamples ? samples.length : Math.floor(random() * seen)
      if (place < maxSamples) samples[place] = { channel, latencyMs: Math.round(latencyMs) }
    },
    trace(c, receivedAt) {
      if (traces.length < maxSamples) traces.push({ c, receivedAt: Math.round(receivedAt) })
    },
    take() {
      const taken = { samples, traces }
      samples = []
      traces = []
      seen = 0
      return taken
    },
  }
}
