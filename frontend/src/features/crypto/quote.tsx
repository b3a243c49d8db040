import { Star } from '../../panels/star.tsx'
import { useValue } from '../../realtime/use-value.ts'
import { Change } from '../../ui/change.tsx'
import { Flashed } from '../../ui/flashed.tsx'
import { fullPrice } from '../../ui/format.ts'
import { CoinLogo } from './coin-logo.tsx'
import type { Ticker } from './model.ts'
import { PriceText } from './price-text.tsx'
import { ProductFacts, type QuoteProps } from './product-facts.tsx'
import { RangeBar } from './range-bar.tsx'
import { useCoin } from './use-product.ts'

const Range = ({ ticker }: { ticker: Ticker }) => (
  <div className="grid gap-0.5">
    <RangeBar ticker={ticker} />
    <p className="flex justify-between text-12">
      <span>
        <span className="text-muted">Low 24 h</span> <PriceText price={ticker.low24h} />
      </span>
      <span>
        <span className="text-muted">High 24 h</span> <PriceText price={ticker.high24h} />
      </span>
    </p>
  </div>
)

const QuoteView = ({ product, coin, ticker }: QuoteProps) => (
  <div className="grid gap-4">
    <div className="flex items-center gap-3">
      <CoinLogo url={coin?.imageUrl} />
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span
          className="text-40 leading-none font-semibold"
          data-testid="product-price"
          title={fullPrice(ticker.price)}
        >
          <Flashed value={ticker.price}>
            <PriceText price={ticker.price} />
          </Flashed>
        </span>
        <span className="text-12 text-muted">USD</span>
        <span className="text-15">
          <Change percent={ticker.change24hPercent} />
        </span>
        <span className="text-12 text-muted">in 24 h</span>
      </p>
      <span className="ml-auto">
        <Star id={product} name={coin?.name ?? product} />
      </span>
    </div>
    <Range ticker={ticker} />
    <ProductFacts product={product} coin={coin} ticker={ticker} />
  </div>
)

/** A product's newest price with its day; it renders when they change. */
export const Quote = ({ product }: { product: string }) => {
  const ticker = useValue('crypto.ticker', product)?.value
  const coin = useCoin(product)
  return ticker && <QuoteView product={product} coin={coin} ticker={ticker} />
}
