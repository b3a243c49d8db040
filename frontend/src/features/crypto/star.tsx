import { useWatched } from '../../realtime/use-watchlist.ts'
import { IconButton } from '../../ui/icon-button.tsx'

/** Puts a product on the watchlist or takes it off. */
export const Star = ({ product, name }: { product: string; name: string }) => {
  const [watched, toggle] = useWatched(product)
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
