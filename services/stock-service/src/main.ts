import { runService } from '@flux/runtime'
import { stockSettings } from './config.ts'
import { startStock } from './stock-service.ts'

await runService({ name: 'stock-service', settings: stockSettings, start: startStock })
