import { useConfig } from '../features/app-config/use-config.ts'
import { UpdateBar } from '../features/app-update/update-bar.tsx'
import { useLastValues } from '../features/offline/use-last-values.ts'
import { useFirstPlace } from '../features/shell/use-first-place.ts'
import { useTitle } from '../features/title/title.ts'
import { useApplyMaxHz } from '../realtime/use-max-hz.ts'

/**
 * What the page does beside its views: its title, the first place, settings of its operators and its user, values over
 * visits, updates of itself.
 */
export const Background = () => {
  useConfig()
  useTitle()
  useFirstPlace()
  useLastValues()
  useApplyMaxHz()
  return <UpdateBar />
}
