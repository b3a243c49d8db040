import { useMemo } from 'react'
import { DataPanel } from '../../panels/data-panel.tsx'
import { companyOf } from '../../panels/shares.ts'
import { showsContent } from '../../panels/state.ts'
import { useClient } from '../../realtime/client-context.tsx'
import { useUser } from '../../realtime/use-user.ts'
import { useValue } from '../../realtime/use-value.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { moveByRowKeys } from '../../ui/row-keys.ts'
import { coinNames, isProduct, sourcesOf, suggestions } from './model.ts'
import { ProductRow } from './product-row.tsx'
import { ShareRow } from './share-row.tsx'
import { useWatchFeed } from './use-watch-feed.ts'
import { WatchSkeleton } from './watch-skeleton.tsx'

const words = {
  subject: 'prices',
  empty: 'No prices yet for what you watch. They appear by themselves.',
} as const

const useNames = () => {
  const top = useValue('crypto.topcoins', 'global')?.value
  const coins = useMemo(() => coinNames(top), [top])
  return (id: string) => (isProduct(id) ? (coins.get(id) ?? id) : companyOf(id))
}

const Rows = ({ ids, starred }: { ids: readonly string[]; starred: boolean }) => {
  const nameOf = useNames()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
    <div
      role="group"
      aria-label="Watched prices"
      onKeyDown={moveByRowKeys}
      className="fade-bottom min-h-0 roomy:overflow-y-auto"
    >
      <ul>
        {ids.map((id) => {
          const Row = isProduct(id) ? ProductRow : ShareRow
          return <Row key={id} id={id} name={nameOf(id)} starred={starred} />
        })}
      </ul>
    </div>
  )
}

const Begin = ({ children }: { children: string }) => {
  const { setUser } = useClient()
  return <Button onClick={() => setUser('watchlist', [...suggestions])}>{children}</Button>
}

const Nothing = () => (
  <Message action={<Begin>Watch a few to begin with</Begin>}>
    Nothing is watched. The star of a coin or a share puts it here, in all of your tabs.
  </Message>
)

/** The watchlist on live data: the user's own, or a few entries to begin with while none was ever chosen. */
export const Watchlist = () => {
  const chosen = useUser('watchlist')
  const ids = chosen ?? suggestions
  const feed = useWatchFeed(ids)
  const shown = ids.length === 0 ? ({ ...feed, state: { kind: 'live' } } as const) : feed
  return (
    <DataPanel
      title="Watchlist"
      feed={shown}
      words={words}
      skeleton={<WatchSkeleton />}
      source={sourcesOf(ids) || undefined}
      aside={!chosen && showsContent(feed.state) && <Begin>Watch these</Begin>}
    >
      {ids.length === 0 ? <Nothing /> : <Rows ids={ids} starred={chosen !== undefined} />}
    </DataPanel>
  )
}
