import { useConfig } from '../features/app-config/use-config.ts'
import { UpdateBar } from '../features/app-update/update-bar.tsx'
import { useLastValues } from '../features/offline/use-last-values.ts'

/** What the page does beside its views: settings of its operators, values over visits, updates of itself. */
export const Background = () => {
  useConfig()
  useLastValues()
  return <UpdateBar />
}
