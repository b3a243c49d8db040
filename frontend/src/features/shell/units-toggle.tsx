import { useSetUnits, useUnits } from '../../realtime/use-units.ts'
import { degreeUnit } from '../../ui/units.ts'

const names = { metric: 'Celsius and km/h', imperial: 'Fahrenheit and mph' } as const

/** Switches between °C and °F, km/h and mph. */
export const UnitsToggle = () => {
  const units = useUnits()
  const setUnits = useSetUnits()
  const other = units === 'metric' ? 'imperial' : 'metric'
  return (
    <button
      type="button"
      onClick={() => setUnits(other)}
      aria-label={`Units: ${names[units]}. Switch to ${names[other]}`}
      title={`Switch to ${names[other]}`}
      className="touchable hidden size-8 place-items-center rounded-full border border-line bg-surface text-12 text-muted hover:text-text md:grid"
    >
      {degreeUnit(units)}
    </button>
  )
}
