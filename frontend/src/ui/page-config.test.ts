import { expect, it } from 'vitest'
import { parsePageConfig } from './page-config.ts'

it('reads what is there and takes the default for what is missing or wrong', () => {
  expect(parsePageConfig('{"pictures":false,"title":"Flux staging"}')).toEqual({
    ...{ pictures: false, title: 'Flux staging' },
  })
  expect(parsePageConfig('{"pictures":"no","title":""}')).toEqual({ pictures: true, title: 'Flux' })
})

it('finds nothing in what are no settings', () => {
  for (const text of [null, '', '<!doctype html>', '1', 'null'])
    expect(parsePageConfig(text)).toBeUndefined()
})
