import { formatAmount, formatMinute, formatPrice, unknown } from '../../ui/format.ts'
import type { Bar } from './candles.ts'

const Figure = ({ term, children }: { term: string; children: string }) => (
  <span className="whitespace-nowrap">
    <span className="text-muted">{term}</span> {children}
  </span>
)

/** The figures of one bar: the one that is pointed at, else the newest. */
export const Readout = ({ bar }: { bar: Bar | undefined }) => {
  const volume = formatAmount(bar?.volume)
  return (
    <p className="flex h-10 flex-wrap content-start gap-x-3 overflow-hidden text-12 @lg:h-5">
      <Figure term="At">{bar ? formatMinute(bar.time * 1_000) : unknown}</Figure>
      <Figure term="O">{formatPrice(bar?.open)}</Figure>
      <Figure term="H">{formatPrice(bar?.high)}</Figure>
      <Figure term="L">{formatPrice(bar?.low)}</Figure>
      <Figure term="C">{formatPrice(bar?.close)}</Figure>
      <Figure term="Vol">{`${volume.number}${volume.unit}`}</Figure>
    </p>
  )
}
