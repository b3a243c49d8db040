import { type Conditions, precipitationOf } from './conditions.ts'

/** What the sky does, and how hard. */
export interface Sky {
  readonly kind:
    | 'clear'
    | 'mostly-clear'
    | 'partly-cloudy'
    | 'overcast'
    | 'fog'
    | 'drizzle'
    | 'rain'
    | 'freezing-rain'
    | 'snow'
    | 'showers'
    | 'snow-showers'
    | 'thunderstorm'
  /** 0 light, 1 moderate, 2 heavy. */
  readonly strength: 0 | 1 | 2
}

const strengthOf = (rate: number, moderate: number, heavy: number): Sky['strength'] => {
  if (rate >= heavy) return 2
  return rate >= moderate ? 1 : 0
}

const dry = ({ visibilityM, cloudPercent }: Conditions): Sky['kind'] => {
  if (visibilityM < 1_000) return 'fog'
  if (cloudPercent < 12) return 'clear'
  if (cloudPercent < 35) return 'mostly-clear'
  return cloudPercent < 80 ? 'partly-cloudy' : 'overcast'
}

const falling = (now: Conditions): Sky => {
  const { rainMmH, showersMmH, snowMmH, temperatureC } = now
  const rate = precipitationOf(now)
  if (snowMmH > rainMmH + showersMmH) {
    const showery = temperatureC > -1.5 && now.cloudPercent < 85
    return { kind: showery ? 'snow-showers' : 'snow', strength: strengthOf(rate, 1, 2.5) }
  }
  if (temperatureC < 0) return { kind: 'freezing-rain', strength: strengthOf(rate, 1.5, 4) }
  if (showersMmH > 3.5) return { kind: 'thunderstorm', strength: strengthOf(rate, 5, 9) }
  const strength = strengthOf(rate, 2, 6)
  if (showersMmH > rainMmH) return { kind: 'showers', strength }
  return rate < 0.4
    ? { kind: 'drizzle', strength: strengthOf(rate, 0.2, 0.3) }
    : { kind: 'rain', strength }
}

/** What falls when it is called dry, mm an hour. */
const dryBelow = 0.1

/** The sky in one word, for the providers' own codes. */
export const skyOf = (now: Conditions): Sky =>
  precipitationOf(now) < dryBelow ? { kind: dry(now), strength: 0 } : falling(now)
