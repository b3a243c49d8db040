import type { PanelStates } from '../../panels/states.ts'
import { Watchlist } from './watchlist.tsx'

/** The watchlist panel in every state. */
export const watchlistStates: PanelStates = {
  title: 'Watchlist',
  show: () => <Watchlist />,
}
