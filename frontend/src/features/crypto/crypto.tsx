import { useState } from 'react'
import { DataPanel } from '../../panels/data-panel.tsx'
import { CryptoFilter } from './crypto-filter.tsx'
import { CryptoSkeleton } from './crypto-skeleton.tsx'
import { CryptoTable } from './crypto-table.tsx'
import { noFilter } from './filter.ts'
import { MoversBand } from './movers-band.tsx'
import { useCryptoFeed } from './use-crypto-feed.ts'

const words = {
  subject: 'prices',
  empty: 'No prices yet. They appear by themselves as soon as the exchange sends the first one.',
} as const

/** The crypto panel on live data: movers and the table of coins. */
export const Crypto = () => {
  const [filter, setFilter] = useState(noFilter)
  return (
    <DataPanel
      title="Crypto"
      feed={useCryptoFeed()}
      words={words}
      skeleton={<CryptoSkeleton />}
      aside={<CryptoFilter filter={filter} onFilter={setFilter} />}
    >
      <MoversBand />
      <CryptoTable filter={filter} onFilter={setFilter} />
    </DataPanel>
  )
}
