import { describe, expect, it } from 'vitest'
import { hasWords, searchWords } from './search-words.ts'

describe('hasWords', () => {
  it.each([
    ['Ölpreis steigt auf 90 Dollar', 'olpreis DOLLAR', true],
    ['Ölpreis steigt auf 90 Dollar', 'öl 91', false],
    ['Anything', '  ', true],
    ['مصر تفتح المتحف', 'المتحف', true],
  ])('in “%s” searched for “%s” is %s', (text, typed, found) => {
    expect(hasWords(text, searchWords(typed))).toBe(found)
  })
})
