import { Stage } from '../../panels/stage.tsx'
import type { PanelStates } from '../../panels/states.ts'
import { News } from './news.tsx'
import { stillNews } from './still.ts'

/** The news panel in every state. */
export const newsStates: PanelStates = {
  title: 'News',
  show: (state) => (
    <Stage state={state} service="news-service" provider="newsdata" content={stillNews}>
      <News />
    </Stage>
  ),
}
