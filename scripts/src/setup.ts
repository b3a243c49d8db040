// npm run setup: installs Kafka and Valkey for this user and shows that they start.
import { createChildren, startKafka, startValkey } from './stack/servers.ts'

const children = await createChildren('flux-setup-')
try {
  const [kafka, valkey] = [await startKafka({ children }), await startValkey({ children })]
  console.log(`Kafka (${kafka.source}) and Valkey (${valkey.source}) are installed and start`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await children.close()
}
