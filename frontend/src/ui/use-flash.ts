import { type RefObject, useEffect, useRef } from 'react'

const flashMs = 600
const restMs = 1_000

const prefersStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Shows the mark once for 600 ms: fading, or steady where reduced motion is wished for. */
const show = (mark: HTMLElement): void => {
  const end = prefersStill() ? 1 : 0
  mark.animate([{ opacity: 1 }, { opacity: end }], { duration: flashMs, easing: 'ease-out' })
}

/** Follows whether an element can be seen. */
const useOnScreen = (ref: RefObject<HTMLElement | null>): RefObject<boolean> => {
  const onScreen = useRef(false)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new IntersectionObserver((entries) => {
      onScreen.current = entries.at(-1)?.isIntersecting ?? false
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return onScreen
}

/** Flashes the mark when `value` changes: at most once a second, and never off screen or at first sight. */
export const useFlash = (value: number): RefObject<HTMLSpanElement | null> => {
  const mark = useRef<HTMLSpanElement>(null)
  const shown = useRef(value)
  const flashedAt = useRef(Number.NEGATIVE_INFINITY)
  const onScreen = useOnScreen(mark)
  useEffect(() => {
    if (shown.current === value) return
    shown.current = value
    const now = performance.now()
    if (!mark.current || !onScreen.current || now - flashedAt.current < restMs) return
    flashedAt.current = now
    show(mark.current)
  }, [value, onScreen])
  return mark
}
