import { cryptoCandles } from '@flux/contracts'
import { memo } from 'react'
import { PanelFooter } from '../../panels/panel-footer.tsx'
import { isFaded, showsContent } from '../../panels/state.ts'
import { StateWords } from '../../panels/state-words.tsx'
import type { Feed } from '../../panels/use-feed.ts'
import { useHistory } from '../../realtime/use-history.ts'
import { CandleChart } from './candle-chart.tsx'
import { ProductLinks } from './product-links.tsx'
import { ProductSkeleton } from './product-skeleton.tsx'
import { Quote } from './quote.tsx'
import { TapeList } from './tape-list.tsx'
import { useCandles } from './use-candles.ts'
import { useProductFeed } from './use-product.ts'

const wordsOf = (product: string) => ({
  subject: 'values',
  empty: `Nothing is known of ${product}. If the exchange trades it and it is streamed here, its values appear by themselves.`,
})

const Candles = ({ product, faded }: { product: string; faded: boolean }) => {
  const room = cryptoCandles.roomOf(`${product}@`)
  const [history, again] = useHistory({ channel: 'crypto.candles', key: product, room })
  return (
    <CandleChart candles={useCandles(product)} history={history} onAgain={again} faded={faded} />
  )
}

const Tape = ({ product }: { product: string }) => {
  const room = cryptoCandles.roomOf(`${product}@`)
  const [history] = useHistory({ channel: 'crypto.trades', key: product, room })
  return <TapeList product={product} history={history} />
}

const Values = memo(({ product, faded }: { product: string; faded: boolean }) => (
  <div className="grid grid-cols-1 gap-5 p-4">
    <Quote product={product} />
    <Candles product={product} faded={faded} />
    <Tape product={product} />
    <ProductLinks product={product} />
  </div>
))

const Waiting = ({ state }: Pick<Feed, 'state'>) => (
  <div className="grid grid-cols-1 gap-5 p-4">
    <p className={`text-12 text-muted ${state.kind === 'waiting' ? '' : 'appear-after-3000'}`}>
      {state.kind === 'waiting'
        ? 'Not connected. The values appear as soon as the server answers.'
        : 'Waiting for the first values. The server has not sent any yet.'}
    </p>
    <div aria-hidden="true" className="appear-after-300">
      <ProductSkeleton />
    </div>
  </div>
)

const Body = ({ product, feed }: { product: string; feed: Feed }) => {
  const { state, retry } = feed
  if (showsContent(state)) return <Values product={product} faded={isFaded(state)} />
  if (state.kind === 'loading' || state.kind === 'waiting') return <Waiting state={state} />
  return <StateWords state={state} words={wordsOf(product)} retry={retry} />
}

/** A product's details in each state: price, day, candles, trades, links, and where they come from. */
export const ProductContent = ({ product }: { product: string }) => {
  const feed = useProductFeed(product)
  return (
    <div
      data-state={feed.state.kind}
      className={`@container flex min-h-full flex-col ${isFaded(feed.state) ? 'faded' : ''}`}
    >
      <Body product={product} feed={feed} />
      <footer className="sticky bottom-0 z-10 mt-auto flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-surface px-4 py-2 text-12 text-muted">
        <PanelFooter facts={feed.footer} />
      </footer>
    </div>
  )
}
