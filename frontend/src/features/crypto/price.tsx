import { useState } from 'react'
import { Arrow } from '../../ui/arrow.tsx'
import { formatPrice, fullPrice } from '../../ui/format.ts'
import { useFlash } from '../../ui/use-flash.ts'
import { fractionPadding, nextTrend, type Trend } from './model.ts'
import { PriceText } from './price-text.tsx'

interface PriceProps {
  readonly product: string
  readonly price: number
  /** Digits after the point of the whole column. */
  readonly fraction: number
}

const tones = { up: 'text-up', down: 'text-down', flat: 'text-faint' } as const

const useTrend = (price: number): Trend => {
  const [trend, setTrend] = useState<Trend>({ price, direction: 'flat' })
  const next = nextTrend(trend, price)
  if (next !== trend) setTrend(next)
  return next
}

/** A price with the direction of its last move; a change flashes once. */
export const Price = ({ product, price, fraction }: PriceProps) => {
  const { direction } = useTrend(price)
  const mark = useFlash(price)
  const text = formatPrice(price)
  return (
    <span className="relative inline-flex items-center gap-1.5">
      <span ref={mark} aria-hidden="true" className={`flash ${tones[direction]}`} />
      <span className="relative font-medium" title={fullPrice(price)}>
        <span data-testid={`price-${product}`}>
          <PriceText price={price} />
        </span>
        <span aria-hidden="true" className="hidden @2xl:inline">
          {fractionPadding(text, fraction)}
        </span>
      </span>
      <span className={tones[direction]} data-direction={direction}>
        <Arrow direction={direction} />
      </span>
    </span>
  )
}
