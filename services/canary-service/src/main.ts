import { runService } from '@flux/runtime'
import { startCanary } from './canary.ts'

await runService({ name: 'canary-service', settings: {}, start: startCanary })
