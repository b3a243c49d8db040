import { describe, expect, it } from 'vitest'
import { offsetWords } from './offset.ts'

describe('offsetWords', () => {
  it('says who is ahead', () => {
    expect(offsetWords(0.4)).toBe('none')
    expect(offsetWords(120)).toBe('server 120 ms ahead')
    expect(offsetWords(-2_500)).toBe('server 2.5 s behind')
  })
})
