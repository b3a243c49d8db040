import { formatAge, unknown } from '../../ui/format.ts'

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })

/** A whole number with its thousands apart. */
export const formatCount = (count: number): string => whole.format(count)

/** Records or replies a second as `182/s`, `1.2/s`, or `4/min` where there is less than one in two seconds. */
export const formatRate = (perSecond: number | undefined): string => {
  if (perSecond === undefined) return unknown
  if (perSecond >= 9.95) return `${whole.format(perSecond)}/s`
  if (perSecond >= 0.5 || perSecond === 0) return `${short.format(perSecond)}/s`
  return `${perSecond * 60 < 0.95 ? '<1' : whole.format(perSecond * 60)}/min`
}

/** A time in milliseconds as `38 ms`, `<1 ms` or `12 s`. */
export const formatMs = (ms: number | undefined): string => {
  if (ms === undefined) return unknown
  if (ms >= 10_000) return formatAge(ms)
  return ms < 0.5 ? '<1 ms' : `${whole.format(ms)} ms`
}

/** The age of a time, both in epoch milliseconds; a dash for none. */
export const ageOf = (at: number | null | undefined, now: number): string =>
  at === null || at === undefined || at <= 0 ? unknown : formatAge(now - at)

/** How many letters have room in `width` pixels at a size; one is reckoned as 0.56 of its size. */
const lettersIn = (width: number, size: number): number =>
  Math.max(2, Math.floor(width / (size * 0.56)))

/** Text that fits into `width` pixels at a size: its end is cut where it does not. */
export const clip = (text: string, width: number, size: number): string => {
  const room = lettersIn(width, size)
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`
}

/** Like `clip`, with the beginning cut: names of replicas differ at their end. */
export const clipName = (name: string, width: number, size: number): string => {
  const room = lettersIn(width, size)
  return name.length <= room ? name : `…${name.slice(1 - room)}`
}

/** How thick an edge is drawn for a rate a second: 1 to 4 pixels, in half ones, by its size in tens. */
export const edgeWidth = (perSecond: number | undefined): number =>
  Math.min(4, 1 + Math.round(2 * Math.log10(1 + (perSecond ?? 0))) / 2)
