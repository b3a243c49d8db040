import { runService } from '@flux/runtime'
import { newsSettings } from './config.ts'
import { startNews } from './news-service.ts'

await runService({ name: 'news-service', settings: newsSettings, start: startNews })
