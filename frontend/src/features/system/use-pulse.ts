import { type RefObject, useEffect, useRef } from 'react'

const pulseMs = 900

const prefersStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Shows a hidden line for a moment when `value` changes; never at first sight, nor where reduced motion is wished for. */
export const usePulse = (value: number): RefObject<SVGGElement | null> => {
  const line = useRef<SVGGElement>(null)
  const shown = useRef(value)
  useEffect(() => {
    if (shown.current === value) return
    shown.current = value
    if (prefersStill()) return
    line.current?.animate([{ opacity: 0.9 }, { opacity: 0 }], {
      duration: pulseMs,
      easing: 'ease-out',
    })
  }, [value])
  return line
}
