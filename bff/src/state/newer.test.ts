import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNewer } from './newer.ts'
import { stored } from './stored.fixture.ts'

const held = stored({ partition: 0, offset: 5, version: 10, appendedAt: 100 })

describe('newer', () => {
  it('is what has a higher version, wherever it stands', () => {
    expect(isNewer(stored({ partition: 1, offset: 0, version: 11 }), held, 'latest')).toBe(true)
    expect(isNewer(stored({ partition: 0, offset: 9, version: 9 }), held, 'latest')).toBe(false)
    expect(isNewer(stored({ partition: 0, offset: 6, version: 11 }), held, 'ordered')).toBe(true)
  })

  it('decides an equal version by position for latest and drops it for ordered', () => {
    const repeated = stored({ partition: 0, offset: 6, version: 10 })
    expect(isNewer(repeated, held, 'latest')).toBe(true)
    expect(isNewer(repeated, held, 'ordered')).toBe(false)
    const elsewhere = stored({ partition: 1, offset: 6, version: 10, appendedAt: 99 })
    expect(isNewer(elsewhere, held, 'latest')).toBe(false)
  })

  it('is never the same position again', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (offset, version) => {
        const entry = stored({ offset, version })
        expect(isNewer(entry, entry, 'latest')).toBe(false)
      }),
    )
  })

  it('is a later tombstone, and any value after it', () => {
    const tombstone = stored({ offset: 6, version: 0, removed: true })
    expect(isNewer(tombstone, held, 'latest')).toBe(true)
    expect(isNewer(stored({ offset: 7, version: 3 }), tombstone, 'latest')).toBe(true)
    expect(isNewer(stored({ offset: 4, removed: true }), held, 'latest')).toBe(false)
  })
})
