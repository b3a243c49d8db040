import { Connection } from './features/connection/connection.tsx'
import { NoticeBar } from './features/connection/notice-bar.tsx'
import { Crypto } from './features/crypto/crypto.tsx'
import { ThemeToggle } from './features/theme/theme-toggle.tsx'
import { ErrorBoundary } from './ui/error-boundary.tsx'

const Header = () => (
  <header className="flex h-13 shrink-0 items-center justify-between gap-3 border-b border-line px-3 md:px-4 xl:px-6">
    <h1 className="flex items-center gap-2 text-15 font-semibold tracking-tight">
      <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true">
        <path
          d="M4 20h7l4-12 5 16 3-8h5"
          fill="none"
          stroke="currentColor"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      Flux
    </h1>
    <div className="flex items-center gap-2">
      <Connection />
      <ThemeToggle />
    </div>
  </header>
)

/** The page: a header with the connection, and a panel per domain. */
export const App = () => (
  <div className="flex min-h-dvh flex-col roomy:h-dvh">
    <Header />
    <NoticeBar />
    <main className="mx-auto flex min-h-0 w-full max-w-240 flex-1 flex-col p-3 md:p-4 xl:p-6">
      <ErrorBoundary title="Crypto">
        <Crypto />
      </ErrorBoundary>
    </main>
  </div>
)
