import type { PanelStates } from '../../panels/states.ts'
import { Weather } from './weather.tsx'

/** The weather panel in every state. */
export const weatherStates: PanelStates = {
  title: 'Weather',
  show: () => <Weather place={undefined} />,
}
