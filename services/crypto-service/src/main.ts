import { runService } from '@flux/runtime'
import { cryptoSettings } from './config.ts'
import { startCrypto } from './crypto-service.ts'

await runService({ name: 'crypto-service', settings: cryptoSettings, start: startCrypto })
