import { PanelSkeleton } from '../../ui/panel-skeleton.tsx'

/** The watchlist panel on live data. */
export const Watchlist = () => <PanelSkeleton title="Watchlist" />
