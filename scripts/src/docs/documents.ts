import { asyncApi } from './asyncapi.ts'
import { configuration } from './configuration.ts'
import { dependencies } from './dependencies.ts'
import { kafkaTopics } from './kafka-topics.ts'
import { metrics } from './metrics/page.ts'
import { openApi } from './openapi.ts'
import { socketEvents } from './socket-events.ts'

/** Every generated document: its path in the repository and what makes it. */
export const documents: readonly (readonly [path: string, make: () => string | Promise<string>])[] =
  [
    ['docs/kafka-topics.md', kafkaTopics],
    ['docs/socket-events.md', socketEvents],
    ['docs/asyncapi.json', asyncApi],
    ['docs/openapi.json', openApi],
    ['docs/configuration.md', configuration],
    ['docs/metrics.md', metrics],
    ['docs/dependencies.md', dependencies],
  ]
