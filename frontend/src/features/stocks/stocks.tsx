import { PanelSkeleton } from '../../ui/panel-skeleton.tsx'

/** The stocks panel on live data. */
export const Stocks = () => <PanelSkeleton title="Stocks" />
