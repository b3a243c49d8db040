import { Link } from '../../routing/link.tsx'
import { useViewRoute } from '../../routing/use-route.tsx'
import { Glyph } from '../../ui/glyph.tsx'
import { domains } from './places.ts'

/** Four targets for the thumb, on what is too narrow for the header's links. */
export const BottomBar = () => {
  const { view } = useViewRoute()
  return (
    <nav
      aria-label="Views"
      className="sticky bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      <ul className="mx-auto grid max-w-160 grid-cols-4">
        {domains.map((to) => (
          <li key={to.view}>
            <Link
              to={to.path}
              current={to.view === view}
              className={`flex h-13 flex-col items-center justify-center gap-0.5 text-11 -outline-offset-2 ${to.view === view ? 'font-medium text-accent' : 'text-muted'}`}
            >
              <Glyph d={to.drawing} />
              {to.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
