import { type RefObject, useCallback, useEffect, useRef } from 'react'
import { useSight } from './seen.tsx'

const flashMs = 600
const restMs = 1_000

const prefersStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Shows the mark once for 600 ms: fading, or steady where reduced motion is wished for. */
const show = (mark: HTMLElement): void => {
  const end = prefersStill() ? 1 : 0
  mark.animate([{ opacity: 1 }, { opacity: end }], { duration: flashMs, easing: 'ease-out' })
}

/** Flashes the mark when `value` changes: at most once a second, and never off screen or at first sight. */
export const useFlash = (value: number): RefObject<HTMLSpanElement | null> => {
  const mark = useRef<HTMLSpanElement>(null)
  const shown = useRef(value)
  const flashedAt = useRef(Number.NEGATIVE_INFINITY)
  const onScreen = useRef(false)
  useSight(
    mark,
    useCallback((inSight) => {
      onScreen.current = inSight
    }, []),
  )
  useEffect(() => {
    if (shown.current === value) return
    shown.current = value
    const now = performance.now()
    if (!mark.current || !onScreen.current || now - flashedAt.current < restMs) return
    flashedAt.current = now
    show(mark.current)
  }, [value])
  return mark
}
