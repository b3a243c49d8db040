import { describe, expect, it } from 'vitest'
import { rowTarget } from './row-keys.ts'

describe('rowTarget', () => {
  it('moves by one and stops at the ends', () => {
    expect(rowTarget('ArrowDown', 0, 3)).toBe(1)
    expect(rowTarget('ArrowDown', 2, 3)).toBe(2)
    expect(rowTarget('ArrowUp', 1, 3)).toBe(0)
    expect(rowTarget('ArrowUp', 0, 3)).toBe(0)
  })

  it('comes in at the near end', () => {
    expect(rowTarget('ArrowDown', -1, 3)).toBe(0)
    expect(rowTarget('ArrowUp', -1, 3)).toBe(2)
  })

  it('jumps to the ends, and leaves other keys alone', () => {
    expect(rowTarget('Home', 2, 3)).toBe(0)
    expect(rowTarget('End', 0, 3)).toBe(2)
    expect(rowTarget('Enter', 0, 3)).toBeUndefined()
    expect(rowTarget('ArrowDown', -1, 0)).toBeUndefined()
  })
})
