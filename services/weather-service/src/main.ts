import { runService } from '@flux/runtime'
import { weatherSettings } from './config.ts'
import { startWeather } from './weather-service.ts'

await runService({ name: 'weather-service', settings: weatherSettings, start: startWeather })
