import type { Box, Node } from './layout.ts'

/** The height of a box's middle. */
export const middleOf = ({ y, h }: Box): number => y + h / 2

/** A point of a drawing, in pixels. */
export interface Spot {
  readonly x: number
  readonly y: number
}

/** A line from left to right that leaves and arrives level. */
export const level = (from: Spot, to: Spot): string => {
  if (from.y === to.y) return `M${from.x} ${from.y}H${to.x}`
  const half = (from.x + to.x) / 2
  return `M${from.x} ${from.y}C${half} ${from.y} ${half} ${to.y} ${to.x} ${to.y}`
}

/** Boxes of one height under one another, `gap` apart, one for each id. */
export const column = <Id extends string>(
  ids: readonly Id[],
  { x, y, w }: { readonly x: number; readonly y: number; readonly w: number },
  { h, gap }: { readonly h: number; readonly gap: number },
): readonly Node<Id>[] => ids.map((id, i) => ({ id, box: { x, y: y + i * (h + gap), w, h } }))

/** The height of so many boxes under one another. */
export const stackHeight = (
  count: number,
  { h, gap }: { readonly h: number; readonly gap: number },
): number => (count === 0 ? 0 : count * (h + gap) - gap)
