import { type FocusEvent, useState } from 'react'

/** Whether the pointer or the keyboard's focus is inside, and the listeners that find out. */
export interface Held {
  readonly held: boolean
  readonly listeners: {
    onPointerEnter(): void
    onPointerLeave(): void
    onFocus(event: FocusEvent): void
    onBlur(event: FocusEvent): void
  }
}

/** Follows whether someone is at an element, so that it can keep its rows in place meanwhile. */
export const useHeld = (): Held => {
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  return {
    held: pointed || focused,
    listeners: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      // A click leaves focus behind on the button; only focus that is shown holds.
      onFocus: (event) => setFocused(event.target.matches(':focus-visible')),
      onBlur: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false)
      },
    },
  }
}
