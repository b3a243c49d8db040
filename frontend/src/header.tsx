import { Connection } from './features/connection/connection.tsx'
import { HomeLink } from './features/shell/home-link.tsx'
import { Logo } from './features/shell/logo.tsx'
import { MainNav } from './features/shell/main-nav.tsx'
import { UnitsToggle } from './features/shell/units-toggle.tsx'
import { ThemeToggle } from './features/theme/theme-toggle.tsx'
import { Link } from './routing/link.tsx'
import { Glyph } from './ui/glyph.tsx'
import { RoundButton } from './ui/round-button.tsx'

interface HeaderProps {
  readonly openSettings: () => void
  readonly openHelp: () => void
}

const drawings = {
  keys: 'M2 4.5h12v7H2zM4.3 7h.01M6.8 7h.01M9.3 7h.01M11.8 7h.01M5 9.5h6',
  settings: 'M2.5 5h6M11.5 5h2M10 3.5v3M2.5 11h2M7.5 11h6M6 9.5v3',
} as const

/** Name, views, home place, connection and settings. */
export const Header = ({ openSettings, openHelp }: HeaderProps) => (
  <header className="sticky top-0 z-40 border-b border-line bg-bg">
    <div className="mx-auto flex h-13 max-w-440 items-center justify-between gap-3 px-3 md:px-4 wide:px-6">
      <div className="flex items-center gap-6">
        <h1 className="text-15 font-semibold tracking-tight">
          <Link to="/" className="flex items-center gap-2 rounded-sm">
            <Logo />
            Flux
          </Link>
        </h1>
        <MainNav />
        <HomeLink />
      </div>
      <div className="flex min-w-0 items-center gap-2">
        <Connection />
        <UnitsToggle />
        <ThemeToggle />
        <span className="hidden lg:block">
          <RoundButton label="Keys" onClick={openHelp}>
            <Glyph d={drawings.keys} />
          </RoundButton>
        </span>
        <RoundButton label="Settings" onClick={openSettings}>
          <Glyph d={drawings.settings} />
        </RoundButton>
      </div>
    </div>
  </header>
)
