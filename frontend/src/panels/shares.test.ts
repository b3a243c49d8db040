import { stockQuotes } from '@flux/contracts'
import { expect, it } from 'vitest'
import { companyOf, quoteAges } from './shares.ts'

it('names the company of a symbol', () => {
  expect(companyOf('BRK.B')).toBe('Berkshire Hathaway')
  expect(companyOf('ZZZ')).toBe('ZZZ')
})

it('lets quotes grow old only while the market is open', () => {
  expect(quoteAges('open')).toBe(stockQuotes.ages)
  for (const status of ['pre', 'post', 'closed', 'holiday', 'unknown', undefined])
    expect(quoteAges(status).staleAfterMs).toBe(stockQuotes.ages.retentionMs)
})
