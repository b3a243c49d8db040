import { Arrow } from './arrow.tsx'
import { directionOf, formatPercent } from './format.ts'

const tones = { up: 'text-up', down: 'text-down', flat: 'text-muted' } as const

/** A change in percent with sign and arrow, in the colour of its direction; null is unknown. */
export const Change = ({ percent }: { percent: number | null | undefined }) => {
  const direction = directionOf(percent)
  return (
    <span className={`inline-flex items-center gap-1 ${tones[direction]}`}>
      <Arrow direction={direction} />
      <span>
        {formatPercent(percent)}
        {percent === null || percent === undefined ? null : (
          <span className="ml-px text-11">%</span>
        )}
      </span>
    </span>
  )
}
