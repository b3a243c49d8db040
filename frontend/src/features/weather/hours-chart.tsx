import type { Units } from '../../realtime/use-units.ts'
import { formatMinute } from '../../ui/format.ts'
import { formatDegrees, formatRain } from '../../ui/quantities.ts'
import { type HourlyChart, hourlyChart } from './chart.ts'
import { HourPointer } from './hour-pointer.tsx'
import { type Day, type Hour, isDayAt } from './model.ts'
import { WeatherIcon } from './weather-icon.tsx'

interface HoursProps {
  readonly hours: readonly Hour[]
  readonly days: readonly Day[]
  readonly zone: string
  readonly units: Units
}

const everyHours = 3

/** Hours of the place's own clock that are marked: every third one, but not where the edge would cut them. */
const isMarked =
  (zone: string) =>
  ({ at }: Hour): boolean =>
    Number(formatMinute(at, zone).slice(0, 2)) % everyHours === 0

/** What the drawing says, in a sentence. */
const inWords = ({ hours, zone, units }: HoursProps): string => {
  const known = hours.filter((hour) => hour.temperatureC !== null)
  const sorted = known.toSorted((a, b) => (a.temperatureC ?? 0) - (b.temperatureC ?? 0))
  const say = (hour: Hour | undefined) =>
    hour ? `${formatDegrees(hour.temperatureC, units)} at ${formatMinute(hour.at, zone)}` : ''
  const mm = known.reduce((sum, hour) => sum + (hour.precipitationMm ?? 0), 0)
  const { number, unit } = formatRain(mm, units)
  const rain = mm > 0 ? `${number} ${unit} of rain or snow` : 'no rain'
  return `Next 24 hours: from ${say(sorted[0])} to ${say(sorted.at(-1))}, ${rain}.`
}

const Plot = ({ chart }: { chart: HourlyChart }) => (
  <svg
    viewBox="0 0 100 100"
    preserveAspectRatio="none"
    aria-hidden="true"
    className="absolute inset-0 size-full overflow-visible"
  >
    {chart.bars.map((bar) => (
      <rect
        key={bar.at}
        x={bar.x}
        y={bar.y}
        width={bar.width}
        height={bar.height}
        className="fill-muted"
        opacity="0.4"
      />
    ))}
    <path d={chart.area} className="fill-text" opacity="0.05" />
    <path
      d={chart.line}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinejoin="round"
      vectorEffect="non-scaling-stroke"
    />
  </svg>
)

const Mark = (props: { mark: HourlyChart['marks'][number] } & Omit<HoursProps, 'hours'>) => {
  const { mark, zone, units, days } = props
  const { hour, x, y } = mark
  return (
    <li
      className="absolute inset-y-0 flex -translate-x-1/2 flex-col items-center"
      style={{ left: `${x}%` }}
    >
      <span className="absolute -top-4 text-muted">
        <WeatherIcon
          condition={hour.condition}
          isDay={isDayAt(hour.at, days, true)}
          size={20}
          quiet
        />
      </span>
      <span
        className="absolute -translate-y-full pb-0.5 text-12 font-medium"
        style={{ top: `${y}%` }}
      >
        {formatDegrees(hour.temperatureC, units)}
      </span>
      <span className="absolute top-full pt-1 text-11 text-muted">
        {formatMinute(hour.at, zone).slice(0, 2)}
      </span>
    </li>
  )
}

/** The next 24 hours: temperature as one smooth line, rain as bars, hours of the place's own clock; one of them is read out where it is pointed at. */
export const HoursChart = (props: HoursProps) => {
  const { hours, zone, units, days } = props
  const chart = hourlyChart(hours, isMarked(zone))
  if (!chart) return null
  const inside = chart.marks.filter(({ x }) => x > 3 && x < 97)
  return (
    <figure aria-label={inWords(props)} className="pt-4 pb-5">
      <div className="relative h-25 @3xl:h-44">
        <Plot chart={chart} />
        <ul aria-hidden="true" className="absolute inset-0">
          {inside.map((mark) => (
            <Mark key={mark.hour.at} mark={mark} zone={zone} units={units} days={days} />
          ))}
        </ul>
        <HourPointer points={chart.points} zone={zone} units={units} />
      </div>
    </figure>
  )
}
