/** A whole number of `10^-decimals` as a decimal text with exactly `scale` digits after the point (scale >= decimals). */
export const fixed = (units: number, decimals: number, scale: number = decimals): string => {
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).padEnd(scale, '0')
  return `${units < 0 ? '-' : ''}${whole}${scale > 0 ? `.${fraction}` : ''}`
}

/** The same number without trailing zeros after the point, as the exchange writes prices ("62975.9"). */
export const trimmed = (units: number, decimals: number): string => {
  const text = fixed(units, decimals)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** The number itself; exact up to 15 digits. */
export const toNumber = (units: number, decimals: number): number => Number(fixed(units, decimals))

/** A decimal text as a whole number of `10^-decimals`, rounded; undefined for what is not a decimal. */
export const unitsOf = (text: string, decimals: number): number | undefined =>
  /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * 10 ** decimals) : undefined
