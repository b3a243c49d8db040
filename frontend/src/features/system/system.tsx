import { PanelSkeleton } from '../../ui/panel-skeleton.tsx'

/** The system panel on live data. */
export const System = () => <PanelSkeleton title="System" />
