// npm run topics: creates the topics that are missing on KAFKA_BROKERS (localhost:9092).
import { topics } from '@flux/contracts'
import { createTopics } from './stack/topics.ts'

const brokers = process.env['KAFKA_BROKERS'] || 'localhost:9092'
await createTopics(brokers)
console.log(`${topics.length} topics are on ${brokers}`)
