import { formatPrice, fullPrice, isTinyPrice } from '../../ui/format.ts'

/** A price in figures; the short form of a tiny one has all its digits for screen readers. */
export const PriceText = ({ price }: { price: number | null }) =>
  isTinyPrice(price) ? (
    <>
      <span aria-hidden="true">{formatPrice(price)}</span>
      <span className="sr-only">{fullPrice(price)}</span>
    </>
  ) : (
    formatPrice(price)
  )
