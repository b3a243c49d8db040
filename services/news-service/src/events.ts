import type { Log, Metrics } from '@flux/runtime'
import { refusals } from './provider/article.ts'
import type { CreditsLeft } from './provider/newsdata.ts'
import type { NewsPage } from './provider/newsdata-reply.ts'
import type { Category } from './values.ts'

/** What happens in news-service, for operators. One function is one metric and, where it is rare, one log line. */
export type NewsEvents = ReturnType<typeof createEvents>

const meters = (metrics: Metrics, categories: readonly Category[]) => ({
  calls: metrics.counter({
    name: 'flux_news_calls_total',
    help: 'Calls for a page of a category by outcome.',
    labels: ['category', 'outcome'],
    series: categories.flatMap((category) =>
      ['fetched', 'failed'].map((outcome) => ({ category, outcome })),
    ),
  }),
  articles: metrics.counter({
    name: 'flux_news_articles_total',
    help: 'Articles of the pages: taken, or why not.',
    labels: ['outcome'],
    series: ['taken', ...refusals].map((outcome) => ({ outcome })),
  }),
  stories: metrics.gauge({
    name: 'flux_news_stories',
    help: 'Stories in the list that this replica published last.',
    series: [{}],
  }),
  credits: metrics.gauge({
    name: 'flux_news_credits_left',
    help: 'Credits left, as the provider counts them, by window.',
    labels: ['window'],
  }),
})

/** Registers the metrics, all series at zero; credits are no number until the provider has told them. */
export const createEvents = (log: Log, metrics: Metrics, categories: readonly Category[]) => {
  const m = meters(metrics, categories)
  for (const window of ['15m', 'day']) m.credits.set({ window }, Number.NaN)
  return {
    unconfigured: () => log.warn('no headlines: NEWSDATA_API_KEY is not set'),
    fetched: (category: Category, { stories, refused }: NewsPage) => {
      m.calls.inc({ category, outcome: 'fetched' })
      m.articles.inc({ outcome: 'taken' }, stories.length)
      for (const [outcome, count] of refused) m.articles.inc({ outcome }, count)
      log.debug({ category, taken: stories.length, refused: [...refused] }, 'page fetched')
    },
    failed: (category: Category, error: unknown) => {
      m.calls.inc({ category, outcome: 'failed' })
      log.warn({ category, err: error }, 'page failed, its stories stay')
    },
    creditsLeft: ({ burst, day }: CreditsLeft) => {
      if (burst !== undefined) m.credits.set({ window: '15m' }, burst)
      if (day !== undefined) m.credits.set({ window: 'day' }, day)
    },
    published: (stories: number) => m.stories.set(stories),
  }
}
