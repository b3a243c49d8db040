import { expect, it } from 'vitest'
import { leaksIn } from './leak.ts'

it.each([
  ['a stack trace', 'Error: no\n    at handle (file.js:1:1)'],
  ['a path of the sources', '{"message":"/app/bff/src/main.ts:3"}'],
  ['the name of an error', '{"message":"ZodError: invalid"}'],
  ['a word of the runtime', '{"message":"Cannot read properties of undefined"}'],
])('sees %s', (what, text) => {
  expect(leaksIn(text)).toContain(what)
})

it('takes the answers that clients get for what they are', () => {
  const answers = [
    '43["subscribe",{"ok":false,"code":"bad_request","message":"rooms: expected at most 32"}]',
    '{"code":"not_found","message":"There is nothing here. See /api/v1/channels."}',
  ]
  expect(answers.flatMap(leaksIn)).toEqual([])
})
