import { describe, expect, it } from 'vitest'
import { otherTheme, parseTheme } from './use-theme.ts'

describe('parseTheme', () => {
  it('takes whatever is not a theme for the system preference', () => {
    expect([
      parseTheme('dark'),
      parseTheme('light'),
      parseTheme('<script>'),
      parseTheme(null),
    ]).toEqual(['dark', 'light', 'system', 'system'])
  })
})

describe('otherTheme', () => {
  it('always changes what is on screen', () => {
    expect(otherTheme('system', true)).toBe('light')
    expect(otherTheme('system', false)).toBe('dark')
    expect(otherTheme('dark', false)).toBe('light')
    expect(otherTheme('light', true)).toBe('dark')
  })
})
