const scaled = (value: number, base: number, names: readonly string[]): string => {
  const power = Math.min(
    names.length - 1,
    Math.max(0, Math.floor(Math.log(Math.abs(value) || 1) / Math.log(base))),
  )
  return `${Number((value / base ** power).toPrecision(3))}${names[power]}`
}

const seconds = (value: number): string => {
  const size = Math.abs(value)
  if (size === 0) return '0 s'
  if (size < 0.001) return `${Number((value * 1e6).toPrecision(3))} µs`
  if (size < 1) return `${Number((value * 1e3).toPrecision(3))} ms`
  if (size < 120) return `${Number(value.toPrecision(3))} s`
  return size < 7_200 ? `${Math.round(value / 60)} min` : `${Math.round(value / 3_600)} h`
}

const plain = (value: number) => scaled(value, 1_000, ['', ' k', ' M', ' G'])
const bytes = (value: number) => scaled(value, 1_024, [' B', ' KiB', ' MiB', ' GiB'])

const formats: Readonly<Record<string, (value: number) => string>> = {
  s: seconds,
  bytes,
  percentunit: (value) => `${Number((value * 100).toPrecision(3))} %`,
  ops: (value) => `${plain(value)}/s`,
  reqps: (value) => `${plain(value)}/s`,
  Bps: (value) => `${bytes(value)}/s`,
}

/** A value in one of Grafana's units, short: 1.5 ms, 20 k/s, 3 MiB, 40 %. */
export const inUnit = (value: number, unit: string): string => (formats[unit] ?? plain)(value)
