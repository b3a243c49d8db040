import type { ReactNode } from 'react'
import { useValue } from '../../realtime/use-value.ts'
import { Change } from '../../ui/change.tsx'
import { Flashed } from '../../ui/flashed.tsx'
import { formatAmount, formatPrice, fullPrice, isTinyPrice } from '../../ui/format.ts'
import { CoinLogo } from './coin-logo.tsx'
import { type Coin, symbolOf, type Ticker } from './model.ts'
import { RangeBar } from './range-bar.tsx'
import { Star } from './star.tsx'
import { useCoin } from './use-product.ts'

const PriceText = ({ price }: { price: number | null }) =>
  isTinyPrice(price) ? (
    <span title={fullPrice(price)}>
      <span aria-hidden="true">{formatPrice(price)}</span>
      <span className="sr-only">{fullPrice(price)}</span>
    </span>
  ) : (
    formatPrice(price)
  )

const Unit = ({ children }: { children: ReactNode }) => (
  <span className="ml-1 text-11 text-muted">{children}</span>
)

const Amount = ({ value, of }: { value: number | null | undefined; of: string }) => {
  const { number, unit } = formatAmount(value)
  return (
    <>
      {number}
      {unit}
      <Unit>{of}</Unit>
    </>
  )
}

const Fact = ({ term, children }: { term: string; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="text-11 text-muted">{term}</dt>
    <dd className="truncate font-medium">{children}</dd>
  </div>
)

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

interface QuoteProps {
  readonly product: string
  readonly coin: Coin | undefined
  readonly ticker: Ticker
}

const Facts = ({ product, coin, ticker }: QuoteProps) => (
  <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4">
    <Fact term="Bid">
      <PriceText price={ticker.bestBid} />
    </Fact>
    <Fact term="Ask">
      <PriceText price={ticker.bestAsk} />
    </Fact>
    <Fact term="Volume 24 h">
      <Amount value={ticker.volume24hUsd} of="USD" />
    </Fact>
    <Fact term="Volume 24 h">
      <Amount value={ticker.volume24h} of={symbolOf(product)} />
    </Fact>
    {coin && (
      <>
        <Fact term="Market value">
          <Amount value={coin.marketCapUsd} of="USD" />
        </Fact>
        <Fact term="Rank">{coin.rank}</Fact>
        <Fact term="1 h">
          <Change percent={coin.change1hPercent} />
        </Fact>
        <Fact term="7 d">
          <Change percent={coin.change7dPercent} />
        </Fact>
      </>
    )}
  </dl>
)

const QuoteView = ({ product, coin, ticker }: QuoteProps) => (
  <div className="grid gap-4">
    <div className="flex items-center gap-3">
      <CoinLogo url={coin?.imageUrl} />
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="text-40 leading-none font-semibold" data-testid="product-price">
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
        <Star product={product} name={coin?.name ?? product} />
      </span>
    </div>
    <Range ticker={ticker} />
    <Facts product={product} coin={coin} ticker={ticker} />
  </div>
)

/** A product's newest price with its day; it renders when they change. */
export const Quote = ({ product }: { product: string }) => {
  const ticker = useValue('crypto.ticker', product)?.value
  const coin = useCoin(product)
  return ticker && <QuoteView product={product} coin={coin} ticker={ticker} />
}
