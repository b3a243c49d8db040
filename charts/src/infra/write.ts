// npm run charts:files: writes the file of the chart that follows from the contracts.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { kafkaFile } from './kafka-file.ts'

const file = fileURLToPath(new URL('../../flux-infra/files/kafka.yaml', import.meta.url))
writeFileSync(file, kafkaFile())
console.log(file)
