import type { Units } from '../../realtime/use-units.ts'
import { formatDegrees } from '../../ui/quantities.ts'
import { degreeUnit } from '../../ui/units.ts'
import { type Current, conditionWords, type Day } from './model.ts'
import { WeatherIcon } from './weather-icon.tsx'

interface NowProps {
  readonly current: Current
  readonly today: Day | undefined
  readonly isDay: boolean
  readonly units: Units
}

/** What it is like at the moment: the one big figure of the panel. */
export const NowBlock = ({ current, today, isDay, units }: NowProps) => (
  <div className="flex items-center gap-3">
    <WeatherIcon condition={current.condition} isDay={isDay} size={52} quiet />
    <p className="flex items-start text-40 leading-none font-medium tracking-tight">
      {formatDegrees(current.temperatureC, units).replace('°', '')}
      <span className="mt-1 ml-0.5 text-15 font-normal text-muted">{degreeUnit(units)}</span>
    </p>
    <div className="ml-1 min-w-0 flex-1 leading-snug">
      <p className="truncate text-15 font-medium">{conditionWords(current.condition)}</p>
      <p className="truncate text-12 text-muted">
        Feels like {formatDegrees(current.feelsLikeC, units)}
      </p>
      {today && (
        <p className="truncate text-12 text-muted">
          Today {formatDegrees(today.minC, units)} to {formatDegrees(today.maxC, units)}
        </p>
      )}
    </div>
  </div>
)
