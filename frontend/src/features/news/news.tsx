import { PanelSkeleton } from '../../ui/panel-skeleton.tsx'

/** The news panel on live data. */
export const News = () => <PanelSkeleton title="News" />
