import { useEffect, useState } from 'react'
import { NoticeBar } from './features/connection/notice-bar.tsx'
import { useShortcuts } from './features/help/use-shortcuts.ts'
import { BottomBar } from './features/shell/bottom-bar.tsx'
import { Header } from './header.tsx'
import { usePlace } from './routing/use-route.tsx'
import { useAppliedTheme } from './ui/use-theme.ts'
import { Part } from './views/part.tsx'
import { Background, Help, Settings } from './views/parts.tsx'
import { Views } from './views/views.tsx'

type Window = 'settings' | 'help'

/** The page: header, the view of the address, what is open over it. */
export const App = () => {
  const [open, setOpen] = useState<Window>()
  const close = () => setOpen(undefined)
  const { path } = usePlace()
  // A link inside a window leads away from it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what closes it
  useEffect(close, [path])
  useAppliedTheme()
  useShortcuts(() => setOpen('help'))
  return (
    <div className="flex min-h-dvh flex-col">
      <Header openSettings={() => setOpen('settings')} openHelp={() => setOpen('help')} />
      <NoticeBar />
      <Views />
      <BottomBar />
      <Part title="" quiet>
        <Background />
      </Part>
      {open && (
        <Part title="" quiet>
          {open === 'settings' ? <Settings onClose={close} /> : <Help onClose={close} />}
        </Part>
      )}
    </div>
  )
}
