import { Link } from '../../routing/link.tsx'
import { useViewRoute } from '../../routing/use-route.tsx'
import { destinations } from './places.ts'

/** The views, in the header of wide pages. */
export const MainNav = () => {
  const { view } = useViewRoute()
  return (
    <nav aria-label="Views" className="hidden lg:block">
      <ul className="flex gap-1">
        {destinations.map((to) => (
          <li key={to.view}>
            <Link
              to={to.path}
              current={to.view === view}
              className={`rounded-md px-2.5 py-1.5 text-13 hover:text-text ${to.view === view ? 'bg-raised font-medium text-text' : 'text-muted'}`}
            >
              {to.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
