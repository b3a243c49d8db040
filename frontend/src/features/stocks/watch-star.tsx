import { companyOf } from '../../panels/shares.ts'
import { useWatched } from '../../realtime/use-watchlist.ts'
import { IconButton } from '../../ui/icon-button.tsx'

/** Puts a stock on the user's watchlist, or takes it off. */
export const WatchStar = ({ symbol }: { symbol: string }) => {
  const [watched, toggle] = useWatched(symbol)
  return (
    <IconButton
      label={`Watch ${companyOf(symbol)}`}
      icon="star"
      filled={watched}
      pressed={watched}
      onClick={toggle}
    />
  )
}
