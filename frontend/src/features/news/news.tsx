import { newsHeadlines } from '@flux/contracts'
import { DataPanel } from '../../panels/data-panel.tsx'
import { useFeed } from '../../panels/use-feed.ts'
import { useValue } from '../../realtime/use-value.ts'
import { useViewRoute } from '../../routing/use-route.tsx'
import { useHeld } from '../../ui/use-held.ts'
import { newerCount, type Story } from './model.ts'
import { NewsList } from './news-list.tsx'
import { NewsSkeleton } from './news-skeleton.tsx'
import { MarkAll, NewsSearch, NewsTabs } from './news-tools.tsx'
import { type Filtered, useFilter } from './use-filter.ts'
import { useKept } from './use-kept.ts'

const words = {
  subject: 'headlines',
  empty: 'No headlines yet. They appear by themselves as soon as the provider has some.',
} as const

const none: readonly Story[] = []

const Tools = (filtered: Filtered) => (
  <div className="mx-3 mb-2 flex min-h-7 items-center justify-between gap-3 md:mx-4">
    <div className="min-w-0">
      <NewsTabs {...filtered} />
    </div>
    <div className="shrink-0">
      <MarkAll {...filtered} />
    </div>
  </div>
)

/** The news panel on live data; on its own page with summaries. */
export const News = () => {
  const value = useValue('news.headlines', 'global')
  const onOwnPage = useViewRoute().view === 'news'
  const { held, listeners } = useHeld()
  const newest = value?.value.stories ?? none
  const [shown, release] = useKept(newest, held && newest.length > 0)
  const filtered = useFilter(shown)
  const feed = useFeed({
    ...{ room: 'news.global', service: 'news-service', provider: 'newsdata' },
    ages: newsHeadlines.ages,
    at: newest.length > 0 ? (value?.at ?? 0) : 0,
    simulated: value?.simulated ?? false,
  })
  return (
    <DataPanel
      title="News"
      feed={feed}
      words={words}
      skeleton={<NewsSkeleton />}
      aside={newest.length > 0 && <NewsSearch {...filtered} menu={!onOwnPage} />}
      tools={onOwnPage && newest.length > 0 && <Tools {...filtered} />}
    >
      <NewsList
        stories={filtered.stories}
        waiting={newerCount(newest, shown)}
        onRelease={release}
        searched={filtered.typed.trim() !== ''}
        detailed={onOwnPage}
        listeners={listeners}
        onClear={filtered.clear}
      />
    </DataPanel>
  )
}
