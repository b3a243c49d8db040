import type { PanelStates } from '../../panels/states.ts'
import { News } from './news.tsx'

/** The news panel in every state. */
export const newsStates: PanelStates = {
  title: 'News',
  show: () => <News />,
}
