import type { MouseEvent } from 'react'

/** A press anywhere in a row is one on its link; presses on what is a control by itself are left alone. */
export const followRow = ({ target }: MouseEvent): void => {
  if (!(target instanceof Element) || target.closest('a, button')) return
  // Who has selected a text wants to copy it.
  if (document.getSelection()?.isCollapsed === false) return
  target.closest('tr')?.querySelector<HTMLElement>('a')?.click()
}
