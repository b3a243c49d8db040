import { IconButton } from '../../ui/icon-button.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { type Filter, noFilter } from './filter.ts'

interface CryptoFilterProps {
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
}

/** The same object for all rows, however they were asked for. */
const tidy = (filter: Filter): Filter => (filter.text === '' && !filter.watched ? noFilter : filter)

/** Which coins are shown: by name, and those that are watched. */
export const CryptoFilter = ({ filter, onFilter }: CryptoFilterProps) => (
  <div className="-my-1.5 flex items-baseline gap-1">
    <SearchBox
      label="Filter coins"
      placeholder="Filter coins"
      value={filter.text}
      onChange={(text) => onFilter(tidy({ ...filter, text }))}
      className="w-36 @2xl:w-44"
    />
    <IconButton
      label="Only watched coins"
      icon="star"
      filled={filter.watched}
      pressed={filter.watched}
      onClick={() => onFilter(tidy({ ...filter, watched: !filter.watched }))}
    />
  </div>
)
