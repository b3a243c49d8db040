import type { Direction } from './format.ts'

const paths = { up: 'M4 1 7.5 7h-7z', down: 'M4 7 .5 1h7z', flat: '' } as const

/** A small triangle that points up or down; it takes its place when there is no direction too. */
export const Arrow = ({ direction }: { direction: Direction }) => (
  <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true" className="shrink-0">
    <path d={paths[direction]} fill="currentColor" />
  </svg>
)
