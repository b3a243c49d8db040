import { useStored } from './use-stored.ts'

const key = 'flux.images'

/** Whether pictures of other sites may be loaded (news images, coin logos), and the switch for it. */
export const useImages = (): readonly [allowed: boolean, allow: (allowed: boolean) => void] => {
  const [text, save] = useStored(key)
  return [text !== 'off', (allowed) => save(allowed ? null : 'off')]
}
