import { useState } from 'react'
import { saveText } from '../../ui/storage.ts'
import { otherTheme, parseTheme, type Theme } from './model.ts'

// public/theme.js reads the same key before the first paint.
const key = 'flux.theme'

const systemIsDark = (): boolean => matchMedia('(prefers-color-scheme: dark)').matches

const apply = (theme: Theme): void => {
  document.documentElement.dataset.theme = theme
  saveText(key, theme)
}

/** Switches between light and dark and remembers it; until it is used, the system's preference counts. */
export const ThemeToggle = () => {
  const [theme, setTheme] = useState<Theme>(() =>
    parseTheme(document.documentElement.dataset.theme),
  )
  const toggle = () => {
    const next = otherTheme(theme, systemIsDark())
    apply(next)
    setTheme(next)
  }
  return (
    <button
      type="button"
      onClick={toggle}
      aria-label="Switch between light and dark"
      className="touchable grid size-8 place-items-center rounded-full border border-line bg-surface text-muted hover:text-text"
    >
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="5.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M8 2.75a5.25 5.25 0 0 1 0 10.5z" fill="currentColor" />
      </svg>
    </button>
  )
}
