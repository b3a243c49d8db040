import type { Units } from '../../realtime/use-units.ts'
import { formatDegrees } from '../../ui/quantities.ts'
import { type Day, dayName, type Range, rangeOf, scaleOf } from './model.ts'
import { WeatherIcon } from './weather-icon.tsx'

interface DaysProps {
  readonly days: readonly Day[]
  readonly today: string
  readonly units: Units
}

const percent = (part: number): string => `${Math.round(part * 1_000) / 10}%`

const Bar = ({ range }: { range: Range | undefined }) => (
  <span aria-hidden="true" className="relative block h-1.5 rounded-full bg-raised">
    {range && (
      <span
        className="absolute inset-y-0 min-w-1.5 rounded-full bg-faint"
        style={{ left: percent(range.from), width: percent(range.size) }}
      />
    )}
  </span>
)

const DayRow = ({
  day,
  name,
  range,
  units,
}: {
  day: Day
  name: string
  range: Range | undefined
  units: Units
}) => (
  <li className="grid max-md:in-[.overview]:nth-[n+4]:hidden grid-cols-[3.25rem_1.5rem_2.5rem_2.25rem_minmax(3rem,1fr)_2.25rem] items-center gap-x-2 py-1 leading-tight @3xl:py-1.5">
    <span className={name === 'Today' ? 'font-medium' : ''}>{name}</span>
    <span className="text-muted">
      <WeatherIcon condition={day.condition} isDay size={20} />
    </span>
    <span className="text-right text-11 text-muted">
      {(day.precipitationPercent ?? 0) >= 5 && (
        <>
          <span className="sr-only">Chance of rain </span>
          {Math.round(day.precipitationPercent ?? 0)}%
        </>
      )}
    </span>
    <span className="text-right text-muted">
      <span className="sr-only">from </span>
      {formatDegrees(day.minC, units)}
    </span>
    <Bar range={range} />
    <span className="text-right font-medium">
      <span className="sr-only">to </span>
      {formatDegrees(day.maxC, units)}
    </span>
  </li>
)

/** The days as bars from low to high over one common scale. */
export const DaysList = ({ days, today, units }: DaysProps) => {
  const scale = scaleOf(days)
  return (
    <ul aria-label="Days">
      {days.map((day) => (
        <DayRow
          key={day.date}
          day={day}
          name={dayName(day.date, today)}
          range={rangeOf(day, scale)}
          units={units}
        />
      ))}
    </ul>
  )
}
