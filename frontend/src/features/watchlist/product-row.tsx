import { cryptoTicker } from '@flux/contracts'
import { useSamples } from '../../realtime/use-samples.ts'
import { useServerTime } from '../../realtime/use-server-time.ts'
import { useFeedIsSilent } from '../../realtime/use-tail.ts'
import { useValue } from '../../realtime/use-value.ts'
import { productPath } from '../../routing/path.ts'
import { formatAge, formatPrice } from '../../ui/format.ts'
import { type Entry, type RowProps, watchRow } from './watch-row.tsx'

const { ages, history } = cryptoTicker
// Quiet minutes of a small coin are no gap; two in a row without a trade are.
const gapMs = history.kind === 'sampled' ? 4 * history.everyMs : 0

const Age = ({ at }: { at: number }) => {
  const age = useServerTime((now) => formatAge(now - at))
  return <span className="text-warn">, {age} old</span>
}

const useProduct = ({ id, name }: RowProps): Entry => {
  const held = useValue('crypto.ticker', id)
  const series = useSamples('crypto.ticker', id)
  const silent = useFeedIsSilent('crypto.global')
  const at = held?.at ?? 0
  const late = useServerTime((now) => now - at > ages.staleAfterMs)
  const old = held !== undefined && (silent || late)
  return {
    ...{ id, name, to: productPath(id), over: true, series, gapMs, old },
    price: held?.value.price,
    priceText: formatPrice(held?.value.price),
    changePercent: held?.value.change24hPercent,
    note: old && <Age at={at} />,
  }
}

/** A watched coin; it opens its details. */
export const ProductRow = watchRow(useProduct)
