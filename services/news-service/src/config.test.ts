import { ConfigError, loadConfig } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { newsSettings } from './config.ts'

const faultsOf = (env: Readonly<Record<string, string>>): readonly string[] => {
  try {
    loadConfig(newsSettings, env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

describe('the configuration', () => {
  it('is complete without any variable: three categories, the free plan, no key', () => {
    expect(loadConfig(newsSettings, {})).toEqual({
      url: 'https://newsdata.io/api/1',
      apiKey: undefined,
      categories: ['business', 'technology', 'politics'],
      language: 'en',
      everySeconds: 480,
      dailyCredits: 200,
      burstCredits: 30,
      simulated: false,
    })
  })

  it('takes each category once, and an address with a slash at the end', () => {
    const config = loadConfig(newsSettings, {
      NEWS_CATEGORIES: 'world, science,world',
      NEWSDATA_URL: 'http://localhost:4000/newsdata/api/1/',
    })
    expect(config.categories).toEqual(['world', 'science'])
    expect(config.url).toBe('http://localhost:4000/newsdata/api/1')
  })

  it('tells all faults at once, and never the key', () => {
    const faults = faultsOf({
      NEWSDATA_URL: 'ftp://example.test',
      NEWSDATA_API_KEY: '  ',
      NEWS_CATEGORIES: 'sports',
      NEWS_LANGUAGE: 'english',
      NEWS_EVERY_SECONDS: '0',
    })
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'NEWSDATA_URL',
      'NEWSDATA_API_KEY',
      'NEWS_CATEGORIES',
      'NEWS_LANGUAGE',
      'NEWS_EVERY_SECONDS',
    ])
    expect(faults[2]).toContain('business technology politics science world other')
    expect(faultsOf({ NEWS_CATEGORIES: ',' })[0]).toContain('at least one category')
  })
})
