import { RoundButton } from '../../ui/round-button.tsx'
import { otherTheme, useTheme } from '../../ui/use-theme.ts'

const systemIsDark = (): boolean => matchMedia('(prefers-color-scheme: dark)').matches

/** Switches between light and dark and remembers it; until it is used, the system's preference counts. */
export const ThemeToggle = () => {
  const [theme, setTheme] = useTheme()
  return (
    <RoundButton
      label="Switch between light and dark"
      onClick={() => setTheme(otherTheme(theme, systemIsDark()))}
      roomy
    >
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="5.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M8 2.75a5.25 5.25 0 0 1 0 10.5z" fill="currentColor" />
      </svg>
    </RoundButton>
  )
}
