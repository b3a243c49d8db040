/** Microseconds on the machine's monotonic clock: the same number in every process of this machine. */
export const monotonicMicros = (): number => {
  const [seconds, nanos] = process.hrtime()
  return seconds * 1_000_000 + Math.floor(nanos / 1_000)
}
