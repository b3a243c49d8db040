import { type ReactNode, useState } from 'react'
import { useFlash } from './use-flash.ts'

interface Move {
  readonly value: number
  readonly tone: 'text-up' | 'text-down' | 'text-faint'
}

/** The move that led to a value; the same value leaves it as it is. */
const nextMove = (before: Move, value: number): Move =>
  value === before.value ? before : { value, tone: value > before.value ? 'text-up' : 'text-down' }

/** A text whose background flashes once when its number changes, in the colour of the direction. */
export const Flashed = ({ value, children }: { value: number; children: ReactNode }) => {
  const [move, setMove] = useState<Move>({ value, tone: 'text-faint' })
  const next = nextMove(move, value)
  if (next !== move) setMove(next)
  const mark = useFlash(value)
  return (
    <span className="relative inline-block">
      <span ref={mark} aria-hidden="true" className={`flash ${next.tone}`} />
      <span className="relative">{children}</span>
    </span>
  )
}
