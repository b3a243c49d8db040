import type { ClientStatus, RoomState } from '@flux/client'

/** What a panel shows: its content in one of four conditions, or words in its place. */
export type PanelState =
  /** Nothing yet; bars of the content's shape, words after 3 s. */
  | { readonly kind: 'loading' }
  /** Nothing yet and no connection. */
  | { readonly kind: 'waiting' }
  /** Asked and answered: there is nothing. */
  | { readonly kind: 'empty' }
  /** The server does not give it out at the moment. */
  | { readonly kind: 'refused' }
  /** No provider is set up; `enabledBy` is the setting that would do it. */
  | { readonly kind: 'unconfigured'; readonly enabledBy: string | undefined }
  /** There is nothing to show and a reason for it, in a sentence. */
  | { readonly kind: 'error'; readonly words: string }
  | { readonly kind: 'live' | 'stale' | 'offline' | 'recovering' }

/** What a panel's state follows from. */
export interface PanelFacts {
  readonly phase: ClientStatus['phase']
  readonly room: RoomState
  /** There is something to show. */
  readonly filled: boolean
  /** What there is is older than its channel allows, or comes from a feed that is silent. */
  readonly stale: boolean
  /** Every provider of the service is missing its key; the setting that would help, or '' where none is named. */
  readonly missingKey: string | undefined
  /** Why there is nothing, where somebody said so. */
  readonly trouble: string | undefined
}

const filledState = ({ phase, stale }: PanelFacts): PanelState => {
  if (phase === 'offline') return { kind: 'offline' }
  if (phase === 'recovering') return { kind: 'recovering' }
  return { kind: stale ? 'stale' : 'live' }
}

/** The state of a panel. What was once shown stays, whatever happens. */
export const panelState = (facts: PanelFacts): PanelState => {
  const { phase, room, missingKey, trouble } = facts
  if (facts.filled) return filledState(facts)
  if (phase === 'offline' || phase === 'recovering') return { kind: 'waiting' }
  if (room === 'refused') return { kind: 'refused' }
  if (missingKey !== undefined)
    return { kind: 'unconfigured', enabledBy: missingKey === '' ? undefined : missingKey }
  if (trouble !== undefined) return { kind: 'error', words: trouble }
  return { kind: room === 'live' && phase === 'live' ? 'empty' : 'loading' }
}

/** True for the states in which the content is shown. */
export const showsContent = ({ kind }: PanelState): boolean =>
  kind === 'live' || kind === 'stale' || kind === 'offline' || kind === 'recovering'

/** True where values are kept on screen although nothing new can come. */
export const isFaded = ({ kind }: PanelState): boolean =>
  kind === 'offline' || kind === 'recovering'
