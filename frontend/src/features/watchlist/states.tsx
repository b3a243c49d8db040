import { Stage } from '../../panels/stage.tsx'
import type { PanelStates } from '../../panels/states.ts'
import { stillWatchlist } from './still.ts'
import { Watchlist } from './watchlist.tsx'

/** The watchlist panel in every state. */
export const watchlistStates: PanelStates = {
  title: 'Watchlist',
  show: (state) => (
    <Stage state={state} service="crypto-service" provider="coinbase" content={stillWatchlist}>
      <Watchlist />
    </Stage>
  ),
}
