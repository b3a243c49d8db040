import { useEffect } from 'react'
import { useStored } from './use-stored.ts'

/** A choice of colours; `system` follows the system's preference. */
export type Theme = 'system' | 'light' | 'dark'

// public/theme.js reads the same key before the first paint.
const key = 'flux.theme'

/** The theme of a stored text; what is not one is `system`. */
export const parseTheme = (text: string | null | undefined): Theme =>
  text === 'light' || text === 'dark' ? text : 'system'

/** What a switch between two goes to: the other colours than those on screen. */
export const otherTheme = (theme: Theme, systemIsDark: boolean): Theme => {
  const dark = theme === 'dark' || (theme === 'system' && systemIsDark)
  return dark ? 'light' : 'dark'
}

/** The chosen theme, shared by all tabs, and the choice of another. */
export const useTheme = (): readonly [Theme, (theme: Theme) => void] => {
  const [text, save] = useStored(key)
  return [parseTheme(text), (theme) => save(theme === 'system' ? null : theme)]
}

/** Puts the chosen theme on the page, whichever tab it was chosen in. */
export const useAppliedTheme = (): void => {
  const [theme] = useTheme()
  useEffect(() => {
    const { dataset } = document.documentElement
    if (theme === 'system') delete dataset['theme']
    else dataset['theme'] = theme
  }, [theme])
}
