import { describe, expect, it } from 'vitest'
import { ageOf, clip, clipName, edgeWidth, formatMs, formatRate } from './words.ts'

describe('formatRate', () => {
  it.each([
    [undefined, '–'],
    [0, '0/s'],
    [0.004, '<1/min'],
    [0.2, '12/min'],
    [0.5, '0.5/s'],
    [9.94, '9.9/s'],
    [182.4, '182/s'],
    [12_345, '12,345/s'],
  ])('writes %s as %s', (rate, text) => {
    expect(formatRate(rate)).toBe(text)
  })
})

describe('formatMs', () => {
  it.each([
    [undefined, '–'],
    [0.2, '<1 ms'],
    [38.4, '38 ms'],
    [1_240, '1,240 ms'],
    [12_345, '12 s'],
  ])('writes %s as %s', (ms, text) => {
    expect(formatMs(ms)).toBe(text)
  })
})

it('knows no age of what never was', () => {
  expect(ageOf(null, 5_000)).toBe('–')
  expect(ageOf(0, 5_000)).toBe('–')
  expect(ageOf(1_000, 5_000)).toBe('4 s')
})

it('cuts what is too long', () => {
  expect(clip('open-meteo', 200, 12)).toBe('open-meteo')
  expect(clip('flux-bff-7d9c8b6f5-x2k4p', 60, 12)).toBe('flux-bf…')
  expect(clipName('flux-bff-7d9c8b6f5-x2k4p', 60, 12)).toBe('…5-x2k4p')
  expect(clipName('bff-0', 60, 12)).toBe('bff-0')
})

it('draws more for more, within bounds', () => {
  const widths = [undefined, 0, 1, 10, 100, 1e6].map(edgeWidth)
  expect(widths).toEqual([1, 1, 1.5, 2, 3, 4])
})
