import type { Place } from '@flux/contracts'
import { formatMinute } from '../../ui/format.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { countryName } from './model.ts'

interface PlaceLineProps {
  readonly place: Place
  /** Epoch milliseconds. */
  readonly now: number
  readonly isHome: boolean
  readonly isSaved: boolean
  readonly onSave: () => void
  readonly onHome: () => void
}

/** Which place it is, what its clocks say, and whether it is kept. */
export const PlaceLine = ({ place, now, isHome, isSaved, onSave, onHome }: PlaceLineProps) => (
  <div className="flex shrink-0 items-center gap-1 px-3 pb-1 md:px-4">
    <h3 className="min-w-0 truncate">
      <span className="font-medium">{place.name}</span>
      <span className="text-muted">, {countryName(place.country)}</span>
    </h3>
    <span className="ml-1 text-12 whitespace-nowrap text-muted">
      <span className="sr-only">local time </span>
      {formatMinute(now, place.zone)}
    </span>
    <span className="-my-1 ml-auto flex">
      <IconButton
        label={isHome ? 'This is your home place' : 'Make this your home place'}
        icon="home"
        onClick={onHome}
        pressed={isHome}
        filled={isHome}
      />
      <IconButton
        label={isSaved ? 'Take it off the saved places' : 'Save this place'}
        icon="star"
        onClick={onSave}
        pressed={isSaved}
        filled={isSaved}
      />
    </span>
  </div>
)
