import { useWatched } from '../realtime/use-watchlist.ts'
import { IconButton } from '../ui/icon-button.tsx'

/** Puts a product or a share on the user's watchlist, or takes it off. */
export const Star = ({ id, name }: { id: string; name: string }) => {
  const [watched, toggle] = useWatched(id)
  return (
    <IconButton
      label={`Watch ${name}`}
      icon="star"
      filled={watched}
      pressed={watched}
      onClick={toggle}
    />
  )
}
