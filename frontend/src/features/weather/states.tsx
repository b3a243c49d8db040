import { Stage } from '../../panels/stage.tsx'
import type { PanelStates } from '../../panels/states.ts'
import { oslo, stillWeather } from './still.ts'
import { Weather } from './weather.tsx'

/** The weather panel in every state. */
export const weatherStates: PanelStates = {
  title: 'Weather',
  show: (state) => (
    <Stage state={state} service="weather-service" provider="open-meteo" content={stillWeather}>
      <Weather place={oslo.id} />
    </Stage>
  ),
}
