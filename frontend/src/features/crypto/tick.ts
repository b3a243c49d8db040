import { formatPrice, fractionLength, isTinyPrice } from '../../ui/format.ts'

/** The smallest step between two prices that are shown differently, near a price in USD. */
export const tickOf = (price: number): number =>
  isTinyPrice(price)
    ? 10 ** (Math.floor(Math.log10(Math.abs(price))) - 3)
    : 10 ** -fractionLength(formatPrice(price))
