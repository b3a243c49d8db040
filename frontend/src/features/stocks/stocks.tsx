import { stockPerformers } from '@flux/contracts'
import { DataPanel } from '../../panels/data-panel.tsx'
import { useFeed } from '../../panels/use-feed.ts'
import { useValue } from '../../realtime/use-value.ts'
import { useViewRoute } from '../../routing/use-route.tsx'
import { moveByRowKeys } from '../../ui/row-keys.ts'
import { MarketLine } from './market-line.tsx'
import type { Performers } from './model.ts'
import { PerformersTable } from './performers-table.tsx'
import { QuotesTable } from './quotes-table.tsx'
import { StocksSkeleton } from './stocks-skeleton.tsx'

const words = {
  subject: 'quotes',
  empty: 'No quotes yet. They appear by themselves as soon as the provider has answered.',
} as const

/** Shown of each list where it is not on its own page. */
const few = 5

const Movers = ({ gainers, losers }: Pick<Performers, 'gainers' | 'losers'>) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
  <div
    role="group"
    aria-label="Gainers and losers"
    onKeyDown={moveByRowKeys}
    className="fade-bottom grid min-h-0 content-start gap-x-6 gap-y-2 roomy:overflow-y-auto @3xl:grid-cols-2"
  >
    <PerformersTable label="Gainers" performers={gainers} />
    <PerformersTable label="Losers" performers={losers} />
  </div>
)

/** The stocks panel on live data; a page of its own has all followed stocks too. */
export const Stocks = () => {
  const held = useValue('stock.performers', 'US')
  const onOwnPage = useViewRoute().view === 'stocks'
  const most = onOwnPage ? undefined : few
  const feed = useFeed({
    ...{ room: 'stock.global', service: 'stock-service', provider: 'finnhub' },
    ages: stockPerformers.ages,
    at: held?.at ?? 0,
    simulated: held?.simulated ?? false,
  })
  return (
    <DataPanel title="Stocks" feed={feed} words={words} skeleton={<StocksSkeleton />}>
      {held && (
        <>
          <MarketLine {...held.value} />
          <Movers
            gainers={held.value.gainers.slice(0, most)}
            losers={held.value.losers.slice(0, most)}
          />
          {onOwnPage && <QuotesTable />}
        </>
      )}
    </DataPanel>
  )
}
