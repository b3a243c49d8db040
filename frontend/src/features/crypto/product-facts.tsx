import type { ReactNode } from 'react'
import { Change } from '../../ui/change.tsx'
import { formatAmount } from '../../ui/format.ts'
import { type Coin, symbolOf, type Ticker } from './model.ts'
import { PriceText } from './price-text.tsx'

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

/** What a product's details are drawn from. */
export interface QuoteProps {
  readonly product: string
  readonly coin: Coin | undefined
  readonly ticker: Ticker
}

/** The best offers, what was traded in a day, and what the list of the largest coins says. */
export const ProductFacts = ({ product, coin, ticker }: QuoteProps) => (
  <dl className="grid grid-cols-3 gap-x-4 gap-y-2 @lg:grid-cols-4">
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
