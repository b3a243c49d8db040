import { type RefObject, useLayoutEffect, useRef } from 'react'

const slideMs = 180

const prefersStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

const slide = (row: HTMLElement, from: number): void => {
  row.animate([{ transform: `translateY(${from}px)` }, { transform: 'none' }], {
    duration: slideMs,
    easing: 'ease-out',
  })
}

/** Lets the children of a container slide to their new places when `order` changes. */
export const useSlide = (order: readonly string[]): RefObject<HTMLTableSectionElement | null> => {
  const body = useRef<HTMLTableSectionElement>(null)
  const places = useRef(new Map<Element, number>())
  // biome-ignore lint/correctness/useExhaustiveDependencies: places are measured when the order changes, not more often
  useLayoutEffect(() => {
    const before = places.current
    const still = prefersStill()
    const after = new Map<Element, number>()
    for (const row of body.current?.children ?? []) {
      if (!(row instanceof HTMLElement)) continue
      const top = row.offsetTop
      const was = before.get(row)
      after.set(row, top)
      if (!still && was !== undefined && was !== top) slide(row, was - top)
    }
    places.current = after
  }, [order])
  return body
}
