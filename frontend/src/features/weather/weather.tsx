import { PanelSkeleton } from '../../ui/panel-skeleton.tsx'

interface WeatherProps {
  /** The place that the address names. */
  readonly place: string | undefined
}

/** The weather panel on live data. */
export const Weather = (_props: WeatherProps) => <PanelSkeleton title="Weather" />
