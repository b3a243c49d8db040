import { iconOf, type WeatherIconName } from './icon-of.ts'
import { type Condition, conditionWords } from './model.ts'

const cloud = 'M7.2 17.5a3.9 3.9 0 0 1-.5-7.7 5.4 5.4 0 0 1 10.4 1.1 3.4 3.4 0 0 1-.4 6.6z'
const highCloud = 'M7.2 14a3.7 3.7 0 0 1-.5-7.3A5.2 5.2 0 0 1 16.7 7.7a3.2 3.2 0 0 1-.4 6.3z'
const lowCloud = 'M8.6 19a3.3 3.3 0 0 1-.3-6.6 4.6 4.6 0 0 1 8.8.9 2.9 2.9 0 0 1-.4 5.7z'
const moon = 'M19 14.2A7.4 7.4 0 0 1 9.8 5a7.4 7.4 0 1 0 9.2 9.2z'

const drawings: Readonly<Record<WeatherIconName, readonly string[]>> = {
  'clear-day': [
    'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8z',
    'M12 2.8v2M12 19.2v2M2.8 12h2M19.2 12h2M5.5 5.5l1.4 1.4M17.1 17.1l1.4 1.4M18.5 5.5l-1.4 1.4M6.9 17.1l-1.4 1.4',
  ],
  'clear-night': [moon],
  'partly-day': [
    lowCloud,
    'M6.3 9.6a3.4 3.4 0 0 1 5.9-2.6',
    'M9.3 2.6v1.5M3.6 5l1.1 1.1M2.3 10.1h1.5M15 5l-1.1 1.1',
  ],
  'partly-night': [lowCloud, 'M14.9 8.4A4.4 4.4 0 0 1 10.6 3a4.4 4.4 0 0 0-5.3 6.7'],
  overcast: [cloud, 'M9.6 6.2a4.2 4.2 0 0 1 7.6 1.1 3 3 0 0 1 2.9 4.4'],
  fog: ['M7 12.2a3.4 3.4 0 0 1-.2-6.4 5 5 0 0 1 9.6 1 3 3 0 0 1 .6 5.4', 'M4 15.5h13M7 18.5h13'],
  drizzle: [highCloud, 'M8.2 17v1.2M12 17v1.2M15.8 17v1.2M10.1 20v1.2M13.9 20v1.2'],
  rain: [highCloud, 'M8.6 17l-1.2 4M12.6 17l-1.2 4M16.6 17l-1.2 4'],
  showers: [
    'M9.2 16a3 3 0 0 1-.3-6 4.2 4.2 0 0 1 8.1.8 2.7 2.7 0 0 1-.4 5.2z',
    'M5.6 8.4a3 3 0 0 1 5-2.4M8 2.2v1.3M3.2 4.3l.9.9M12.8 4.3l-.9.9',
    'M10.2 18.5l-.9 3M14.2 18.5l-.9 3',
  ],
  sleet: [highCloud, 'M8.4 17l-1 4M16.4 17l-1 4M12 17.3v3.6M10.4 18.2l3.2 1.8M13.6 18.2l-3.2 1.8'],
  snow: [
    highCloud,
    'M8.5 16.9v3.2M7.1 17.7l2.8 1.6M9.9 17.7l-2.8 1.6M15.2 18.1v3.2M13.8 18.9l2.8 1.6M16.6 18.9l-2.8 1.6',
  ],
  thunder: [highCloud, 'M12.6 13l-2.8 4.2h3.6L11 21.5'],
}

interface IconProps {
  readonly condition: Condition
  readonly isDay: boolean
  /** In pixels. */
  readonly size: number
  /** The words stand beside it already. */
  readonly quiet?: boolean
}

/** A condition as a line icon of our own set, named for screen readers unless words stand beside it. */
export const WeatherIcon = ({ condition, isDay, size, quiet = false }: IconProps) => {
  const name = iconOf(condition, isDay)
  return (
    <>
      {!quiet && <span className="sr-only">{conditionWords(condition)}</span>}
      <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className="shrink-0">
        {(name ? drawings[name] : ['M9 12h6']).map((path) => (
          <path
            key={path}
            d={path}
            fill="none"
            stroke="currentColor"
            strokeWidth={size > 32 ? 1.2 : 1.5}
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        ))}
      </svg>
    </>
  )
}
