import { useSetUnits, useUnits } from '../../realtime/use-units.ts'
import { RoundButton } from '../../ui/round-button.tsx'
import { degreeUnit } from '../../ui/units.ts'

const names = { metric: 'Celsius and km/h', imperial: 'Fahrenheit and mph' } as const

/** Switches between °C and °F, km/h and mph. */
export const UnitsToggle = () => {
  const units = useUnits()
  const setUnits = useSetUnits()
  const other = units === 'metric' ? 'imperial' : 'metric'
  return (
    <RoundButton
      label={`${degreeUnit(units)}, switch to ${names[other]}`}
      onClick={() => setUnits(other)}
      roomy
    >
      {degreeUnit(units)}
    </RoundButton>
  )
}
