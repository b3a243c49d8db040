import { useClient } from '../realtime/client-context.tsx'
import { useRoom } from '../realtime/use-room.ts'
import { useServerTime } from '../realtime/use-server-time.ts'
import { usePhase } from '../realtime/use-status.ts'
import { useFeedIsSilent } from '../realtime/use-tail.ts'
import { formatAge } from '../ui/format.ts'
import { downWords, missingKeyOf, sourceNames, sourceTrouble } from './sources.ts'
import { type PanelState, panelState } from './state.ts'
import { useSources } from './use-sources.ts'

/** What a panel says of its data as a whole. */
export interface FooterFacts {
  /** Names of the providers. */
  readonly sources: string
  /** A sentence on a provider that is not well. */
  readonly trouble: string | undefined
  /** Time of the newest fact in epoch milliseconds, 0 while there is none. */
  readonly asOf: number
  /** How old the newest fact is, once that is worth saying; else ''. */
  readonly age: string
  readonly stale: boolean
  readonly simulated: boolean
}

/** All that a panel is told beside its content. */
export interface Feed {
  readonly state: PanelState
  readonly footer: FooterFacts
  /** Connects anew at once, which asks for everything again. */
  retry(): void
}

/** Where a panel's content comes from and how it is at the moment. */
export interface FeedOptions {
  /** `undefined` while it is not known which one. */
  readonly room: string | undefined
  /** As in `platform.sources`: `weather-service`. */
  readonly service: string
  /** The provider to name while none is known. */
  readonly provider: string
  /** Of the channel; in milliseconds. */
  readonly ages: { readonly refreshAfterMs: number | null; readonly staleAfterMs: number }
  /** Time of the newest fact in epoch milliseconds, 0 while there is nothing to show. */
  readonly at: number
  readonly simulated: boolean
  /** Why there is nothing, where the content itself says so. */
  readonly trouble?: string | undefined
}

const useAge = (at: number, afterMs: number): string =>
  useServerTime((now) => (at > 0 && now - at > afterMs ? formatAge(now - at) : ''))

/** Wants a panel's room and follows the state of its content. */
export const useFeed = (options: FeedOptions): Feed => {
  const { ages, at } = options
  const room = useRoom(options.room)
  const phase = usePhase()
  const silent = useFeedIsSilent(options.room)
  const sources = useSources(options.service)
  const old = useServerTime((now) => now - at > ages.staleAfterMs)
  const stale = at > 0 && (silent || old)
  const age = useAge(at, ages.refreshAfterMs ?? ages.staleAfterMs)
  const trouble = options.trouble ?? downWords(sources)
  const { reconnectNow } = useClient()
  return {
    state: panelState({
      ...{ phase, room, stale, trouble },
      filled: at > 0,
      missingKey: missingKeyOf(sources),
    }),
    footer: {
      sources: sourceNames(sources, options.provider),
      trouble: options.trouble ?? sources.map(sourceTrouble).find((words) => words !== undefined),
      asOf: at,
      age,
      stale,
      simulated: options.simulated,
    },
    retry: reconnectNow,
  }
}
