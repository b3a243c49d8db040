import { newsHeadlines, refreshNews } from '@flux/contracts'
import { ConfigError, type ConfigOf, DeferredError, type Leader, type Service } from '@flux/runtime'
import type { newsSettings } from './config.ts'
import { createCredits } from './credits.ts'
import { createEvents } from './events.ts'
import { lead } from './lead.ts'
import { createNewsData } from './provider/newsdata.ts'
import { provider } from './provider/newsdata-reply.ts'
import { createRefresh } from './refresh.ts'
import { type Plan, planFaults } from './schedule.ts'
import { createTurns } from './turns.ts'

/** The configuration of news-service. */
export type NewsConfig = ConfigOf<typeof newsSettings>

const planOf = ({ everySeconds, dailyCredits, burstCredits }: NewsConfig): Plan => {
  const plan = { everyMs: everySeconds * 1_000, dailyCredits, burstCredits }
  const faults = planFaults(plan)
  if (faults.length > 0) throw new ConfigError(faults)
  return plan
}

/** Without a key the service is there, says why it has nothing, and takes commands so that they do not pile up. */
const startUnconfigured = ({ handle, sources }: Service<NewsConfig>): void => {
  const reason = 'no key: set NEWSDATA_API_KEY'
  sources.report(provider, { state: 'unconfigured', enabledBy: 'NEWSDATA_API_KEY', reason })
  handle(refreshNews, async () => {
    throw new DeferredError(reason)
  })
}

/** Puts the service together: commands on every replica, the schedule on the leader. Throws ConfigError. */
export const startNews = async (service: Service<NewsConfig>): Promise<void> => {
  const { config, clock, random, cache, sources } = service
  const { apiKey, url, language, categories, simulated } = config
  const plan = planOf(config)
  const events = createEvents(service.log, service.metrics, categories)
  sources.report(provider, { simulated })
  if (apiKey === undefined) {
    events.unconfigured()
    return startUnconfigured(service)
  }
  const refresh = createRefresh({
    ...{ categories, clock, events, simulated },
    news: createNewsData({ url, apiKey, language, clock, onCall: sources.called }),
    credits: createCredits(plan, { cache, clock, random }),
    turns: createTurns({ categories, cache, clock }),
    publish: service.publish,
    newest: async (signal) => (await service.newest(newsHeadlines, signal)).get('global'),
  })
  service.handle(refreshNews, (_, { signal }) => refresh.onCommand(signal))
  const { everyMs } = plan
  const work = (leader: Leader) => lead({ refresh, sources, clock, everyMs }, leader)
  service.lead(work, { polls: [provider] })
}
