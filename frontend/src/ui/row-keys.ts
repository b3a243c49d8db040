import type { KeyboardEvent } from 'react'

const reachable = 'a[href], button'

/** Which of `count` rows a key moves to from one; from outside (-1) down goes to the first, up to the last. */
export const rowTarget = (key: string, from: number, count: number): number | undefined => {
  if (count === 0) return undefined
  switch (key) {
    case 'ArrowDown':
      return Math.min(from + 1, count - 1)
    case 'ArrowUp':
      return from < 0 ? count - 1 : Math.max(from - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}

const isPlain = ({ ctrlKey, metaKey, altKey, shiftKey, target }: KeyboardEvent): boolean =>
  !(ctrlKey || metaKey || altKey || shiftKey) &&
  !(target instanceof HTMLElement && target.matches('input, select, textarea'))

const controlsOf = (row: Element | undefined): readonly (Element | null)[] => [
  ...(row?.querySelectorAll(reachable) ?? []),
]

/**
 * Lets arrows, Home and End move the focus between the elements marked `data-row`, to the control that stands at the
 * same place in its row. For `onKeyDown` of what holds the rows.
 */
export const moveByRowKeys = (event: KeyboardEvent<HTMLElement>): void => {
  if (!isPlain(event)) return
  const rows = [...event.currentTarget.querySelectorAll('[data-row]')]
  const from = rows.findIndex((row) => row.contains(document.activeElement))
  const to = rowTarget(event.key, from, rows.length)
  if (to === undefined) return
  const place = controlsOf(rows[from]).indexOf(document.activeElement)
  const controls = controlsOf(rows[to])
  const control = controls[Math.max(place, 0)] ?? controls[0]
  if (!(control instanceof HTMLElement)) return
  event.preventDefault()
  control.focus()
}
