import { nodeHost } from '@flux/runtime'
import { runCli } from './cli.ts'
import { kafkaSetup } from './kafka-setup/kafka-setup.ts'
import { smoke } from './smoke.ts'

await runCli([kafkaSetup, smoke], nodeHost())
