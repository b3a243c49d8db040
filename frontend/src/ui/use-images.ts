import { usePageConfig } from './page-config.ts'
import { useStored } from './use-stored.ts'

const key = 'flux.images'

/**
 * Whether pictures of other sites may be loaded (news images, coin logos), and the switch for it. Until the user says,
 * it is what the page's operators have chosen; until that is known, no.
 */
export const useImages = (): readonly [allowed: boolean, allow: (allowed: boolean) => void] => {
  const [text, save] = useStored(key)
  const [config] = usePageConfig()
  const chosen = text === 'on' || text === 'off' ? text === 'on' : undefined
  return [chosen ?? config?.pictures ?? false, (allowed) => save(allowed ? 'on' : 'off')]
}
