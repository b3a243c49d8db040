import { newsCategories } from '@flux/contracts'
import { address, flag, integer, list, setting } from '@flux/runtime'
import * as z from 'zod'

const category = z.enum(newsCategories, {
  error: `a category has to be one of ${newsCategories.join(' ')}`,
})

const categories = list
  .transform((parts) => [...new Set(parts)])
  .refine((parts) => parts.length > 0, 'has to name at least one category')
  .pipe(z.tuple([category], category))

/** What news-service reads from its environment, beside what every process reads. */
export const newsSettings = {
  url: setting(
    'NEWSDATA_URL',
    address('http', 'https').transform((url) => url.replace(/\/+$/, '')),
    {
      help: 'address of the NewsData.io interface, version included',
      default: 'https://newsdata.io/api/1',
    },
  ),
  apiKey: setting('NEWSDATA_API_KEY', z.string().trim().min(1).optional(), {
    help: 'NewsData.io key; without one there are no headlines',
    secret: true,
  }),
  categories: setting('NEWS_CATEGORIES', categories, {
    help: `categories asked for in turn, separated by commas, of: ${newsCategories.join(' ')}`,
    default: 'business,technology,politics',
  }),
  language: setting(
    'NEWS_LANGUAGE',
    z.string().regex(/^[a-z]{2}(,[a-z]{2}){0,4}$/, 'has to be up to five codes such as en'),
    { help: 'language codes of the stories, separated by commas', default: 'en' },
  ),
  everySeconds: setting('NEWS_EVERY_SECONDS', integer(1, 86_400), {
    help: 'seconds between two calls; each asks for one category, in turn',
    default: '480',
  }),
  dailyCredits: setting('NEWSDATA_DAILY_CREDITS', integer(1, 1_000_000), {
    help: 'calls per 24 hours that the plan allows, over all replicas',
    default: '200',
  }),
  burstCredits: setting('NEWSDATA_BURST_CREDITS', integer(1, 100_000), {
    help: 'calls per 15 minutes that the plan allows, over all replicas',
    default: '30',
  }),
  simulated: setting('SIMULATED', flag, {
    help: 'true marks every record as simulated: the address above is the sandbox',
    default: 'false',
  }),
} as const
