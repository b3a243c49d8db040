import { formatPrice } from './format.ts'

const cents = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
})

/** The price of a share in USD: to the cent, as it is traded; under 1 as any price. */
export const formatShare = (price: number | null | undefined): string =>
  typeof price === 'number' && price >= 1 && Number.isFinite(price)
    ? cents.format(price)
    : formatPrice(price)
