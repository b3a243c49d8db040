import type { Units } from '../../realtime/use-units.ts'
import { DaysList } from './days-list.tsx'
import { Facts } from './facts.tsx'
import { HoursChart } from './hours-chart.tsx'
import { dateIn, daysFrom, isDayAt, nextHours, type WeatherValue } from './model.ts'
import { NowBlock } from './now-block.tsx'

interface ContentProps {
  readonly value: WeatherValue
  readonly units: Units
  /** Epoch milliseconds of the server's clock, to the minute. */
  readonly now: number
}

/** The weather of a place, from plain values. */
export const WeatherContent = ({ value, units, now }: ContentProps) => {
  const { current, hourly, airQuality } = value
  if (!current) return null
  const { zone } = value.place
  const today = dateIn(now, zone)
  const days = daysFrom(value.daily, today)
  const [first] = days
  const isDay = current.isDay ?? isDayAt(now, value.daily, true)
  return (
    <div className="grid gap-x-10 gap-y-2.5 px-3 pb-3 md:px-4 @3xl:grid-cols-[20rem_minmax(0,1fr)] @3xl:grid-rows-[3.75rem_auto_auto]">
      <NowBlock current={current} today={first} isDay={isDay} units={units} />
      <div className="@3xl:col-start-2 @3xl:row-start-1 @3xl:row-span-2">
        <HoursChart hours={nextHours(hourly, now)} days={value.daily} zone={zone} units={units} />
      </div>
      <div className="max-md:in-[.overview]:hidden @3xl:col-start-1 @3xl:row-span-2 @3xl:pt-3">
        <Facts current={current} today={first} airQuality={airQuality} zone={zone} units={units} />
      </div>
      <div className="border-t border-line pt-1 @3xl:col-start-2 @3xl:row-start-3">
        <DaysList days={days} today={today} units={units} />
      </div>
    </div>
  )
}
