import type { ReactNode } from 'react'
import type { Box } from './layout.ts'
import type { Mark } from './source-words.ts'

interface TextProps {
  readonly x: number
  readonly y: number
  readonly className: string
  readonly anchor?: 'start' | 'end' | 'middle'
  readonly children: ReactNode
}

/** A line of text in the drawing; `y` is its foot. */
export const Text = ({ x, y, className, anchor = 'start', children }: TextProps) => (
  <text x={x} y={y} textAnchor={anchor} className={className}>
    {children}
  </text>
)

/** The frame of a box; `own` is what this browser is at. */
export const Frame = ({ box, own = false }: { box: Box; own?: boolean }) => (
  <rect
    x={box.x + 0.5}
    y={box.y + 0.5}
    width={box.w - 1}
    height={box.h - 1}
    rx="6"
    className={own ? 'fill-raised stroke-accent' : 'fill-raised stroke-line'}
  />
)

const marks: Readonly<Record<Mark, string>> = {
  well: 'fill-accent stroke-accent',
  weak: 'fill-warn stroke-warn',
  down: 'fill-none stroke-warn',
  off: 'fill-none stroke-faint',
}

/** The round mark of how something is; words beside it say the same. */
export const Dot = ({ x, y, mark }: { x: number; y: number; mark: Mark }) => (
  <circle cx={x} cy={y} r="3.25" strokeWidth="1.5" className={marks[mark]} />
)
