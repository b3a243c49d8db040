import { describe, expect, it } from 'vitest'
import { findJava, majorOf } from './java.ts'

describe('majorOf', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['openjdk version "25" 2025-09-16', 25],
    ['java version "1.8.0_392"', 8],
    ['openjdk version "21-ea"', 21],
    ['command not found', 0],
  ])('reads %s', (printed, major) => {
    expect(majorOf(printed)).toBe(major)
  })
})

describe('findJava', () => {
  it('finds none where JAVA_HOME holds none', async () => {
    expect(await findJava({ JAVA_HOME: '/nowhere' })).toBeUndefined()
  })
})
