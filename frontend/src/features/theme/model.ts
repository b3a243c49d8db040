/** A choice of colours; `system` follows the system's preference. */
export type Theme = 'system' | 'light' | 'dark'

/** The theme of a stored text; what is not one is `system`. */
export const parseTheme = (text: string | null | undefined): Theme =>
  text === 'light' || text === 'dark' ? text : 'system'

/** What the button switches to: the other colours than those on screen. */
export const otherTheme = (theme: Theme, systemIsDark: boolean): Theme => {
  const dark = theme === 'dark' || (theme === 'system' && systemIsDark)
  return dark ? 'light' : 'dark'
}
