import type { ReactNode } from 'react'
import type { Units } from '../../realtime/use-units.ts'
import { formatMinute, unknown } from '../../ui/format.ts'
import {
  formatDistance,
  formatPressure,
  formatRain,
  formatSpeed,
  type Quantity,
} from '../../ui/quantities.ts'
import { type Air, airOf } from './air.ts'
import { type Current, compassPoint, type Day, type WeatherValue } from './model.ts'

interface FactsProps {
  readonly current: Current
  readonly today: Day | undefined
  readonly airQuality: WeatherValue['airQuality']
  readonly zone: string
  readonly units: Units
}

interface FactProps {
  readonly term: string
  /** For wide panels only. */
  readonly wide?: boolean
  readonly children: ReactNode
}

const Fact = ({ term, wide = false, children }: FactProps) => (
  <div className={`min-w-0 ${wide ? 'hidden @3xl:block' : ''}`}>
    <dt className="text-11 text-muted">{term}</dt>
    <dd className="flex items-center gap-1 whitespace-nowrap">{children}</dd>
  </div>
)

const Figure = ({ quantity }: { quantity: Quantity }) => (
  <span>
    <span className="font-medium">{quantity.number}</span>
    {quantity.unit && <span className="ml-0.5 text-11 text-muted">{quantity.unit}</span>}
  </span>
)

const WindArrow = ({ from }: { from: number }) => (
  <svg
    width="12"
    height="12"
    viewBox="0 0 12 12"
    aria-hidden="true"
    className="shrink-0 text-muted"
    style={{ transform: `rotate(${from}deg)` }}
  >
    <path
      d="M6 1v10M2.8 7.8 6 11l3.2-3.2"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
)

const Wind = ({ current, units }: { current: Current; units: Units }) => {
  const from = compassPoint(current.windFromDegrees)
  return (
    <>
      <Figure quantity={formatSpeed(current.windKph, units)} />
      {from && current.windFromDegrees !== null && (
        <>
          <WindArrow from={current.windFromDegrees} />
          <span className="text-11 text-muted">
            <span className="sr-only">from </span>
            {from}
          </span>
        </>
      )}
    </>
  )
}

const percentOf = (value: number | null): Quantity =>
  value === null ? { number: unknown, unit: '' } : { number: `${Math.round(value)}`, unit: '%' }

const AirScale = ({ air }: { air: Air }) => (
  <span aria-hidden="true" className="flex w-full max-w-40 gap-0.5">
    {Array.from({ length: air.steps }, (_, step) => step).map((step) => (
      <span
        key={step}
        className={`h-1 flex-1 rounded-full ${step <= air.step ? 'bg-text' : 'bg-line'}`}
      />
    ))}
  </span>
)

/** Air quality in a figure and a word, with the place on its scale. */
const AirFact = ({ air }: { air: Air }) => (
  <div className="min-w-0" title={`${air.scale}, step ${air.step + 1} of ${air.steps}`}>
    <dt className="text-11 text-muted">
      Air<span className="hidden @3xl:inline"> quality</span>
      <span className="sr-only">
        , {air.scale}, step {air.step + 1} of {air.steps}
      </span>
    </dt>
    <dd>
      <span className="font-medium">{air.index}</span> <span className="text-12">{air.words}</span>
      <AirScale air={air} />
      <span aria-hidden="true" className="hidden text-11 text-faint @3xl:block">
        {air.scale}
      </span>
    </dd>
  </div>
)

const sunTimes = (today: Day | undefined, zone: string): Quantity => ({
  number:
    today?.sunriseAt && today.sunsetAt
      ? `${formatMinute(today.sunriseAt, zone)} – ${formatMinute(today.sunsetAt, zone)}`
      : unknown,
  unit: '',
})

const micrograms = (amount: number | null | undefined): Quantity =>
  amount === null || amount === undefined
    ? { number: unknown, unit: '' }
    : { number: amount < 10 ? amount.toFixed(1) : String(Math.round(amount)), unit: 'µg/m³' }

/** What only a wide panel has room for. */
const MoreFacts = ({
  current,
  airQuality,
  units,
}: Pick<FactsProps, 'current' | 'airQuality' | 'units'>) => (
  <>
    <Fact wide term="Gusts">
      <Figure quantity={formatSpeed(current.windGustKph, units)} />
    </Fact>
    <Fact wide term="Clouds">
      <Figure quantity={percentOf(current.cloudPercent)} />
    </Fact>
    <Fact wide term="Rain in an hour">
      <Figure quantity={formatRain(current.precipitationMm, units)} />
    </Fact>
    <Fact wide term="Fine dust, PM2.5">
      <Figure quantity={micrograms(airQuality?.pm25UgM3)} />
    </Fact>
    <Fact wide term="Dust, PM10">
      <Figure quantity={micrograms(airQuality?.pm10UgM3)} />
    </Fact>
    <Fact wide term="Ozone">
      <Figure quantity={micrograms(airQuality?.ozoneUgM3)} />
    </Fact>
  </>
)

/** Wind, humidity, visibility, pressure, the sun in the place's own time, and the air. */
export const Facts = ({ current, today, airQuality, zone, units }: FactsProps) => {
  const air = airOf(airQuality, units)
  return (
    <dl className="grid grid-cols-[1.15fr_0.85fr_1fr] gap-x-3 gap-y-2 @3xl:gap-y-5">
      <Fact term="Wind">
        <Wind current={current} units={units} />
      </Fact>
      <Fact term="Humidity">
        <Figure quantity={percentOf(current.humidityPercent)} />
      </Fact>
      <Fact term="Visibility">
        <Figure quantity={formatDistance(current.visibilityM, units)} />
      </Fact>
      <Fact term="Sunrise, sunset">
        <Figure quantity={sunTimes(today, zone)} />
      </Fact>
      <Fact term="Pressure">
        <Figure quantity={formatPressure(current.pressureHpa, units)} />
      </Fact>
      {air && <AirFact air={air} />}
      <MoreFacts current={current} airQuality={airQuality} units={units} />
    </dl>
  )
}
