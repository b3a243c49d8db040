import { Connection } from './features/connection/connection.tsx'
import { HomeLink } from './features/shell/home-link.tsx'
import { Logo } from './features/shell/logo.tsx'
import { MainNav } from './features/shell/main-nav.tsx'
import { UnitsToggle } from './features/shell/units-toggle.tsx'
import { ThemeToggle } from './features/theme/theme-toggle.tsx'
import { Link } from './routing/link.tsx'
import { IconButton } from './ui/icon-button.tsx'

interface HeaderProps {
  readonly openSettings: () => void
  readonly openHelp: () => void
}

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
          <IconButton label="Keys" icon="keyboard" onClick={openHelp} bordered />
        </span>
        <IconButton label="Settings" icon="settings" onClick={openSettings} bordered />
      </div>
    </div>
  </header>
)
