import { useHome } from '../../realtime/use-home.ts'
import { Link } from '../../routing/link.tsx'
import { placePath } from '../../routing/path.ts'

/** The user's home place, which leads to its weather. */
export const HomeLink = () => {
  const home = useHome()
  if (!home) return null
  return (
    <Link
      to={placePath(home.id)}
      className="hidden max-w-40 truncate rounded-md px-2 py-1.5 text-13 text-muted hover:text-text md:block"
    >
      <span className="sr-only">Home: </span>
      {home.name}
    </Link>
  )
}
