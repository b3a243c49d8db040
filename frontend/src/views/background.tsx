import { useConfig } from '../features/app-config/use-config.ts'
import { UpdateBar } from '../features/app-update/update-bar.tsx'
import { useLastValues } from '../features/offline/use-last-values.ts'
import { useFirstPlace } from '../features/shell/use-first-place.ts'
import { useTitle } from '../features/title/title.ts'

/** What the page does beside its views: its title, the first place, settings of its operators, values over visits, updates of itself. */
export const Background = () => {
  useConfig()
  useTitle()
  useFirstPlace()
  useLastValues()
  return <UpdateBar />
}
