// Prints the OpenAPI document of the public HTTP; docs/openapi.json is made of it.
import { openApi } from './api/openapi.ts'

process.stdout.write(`${JSON.stringify(openApi(), undefined, 2)}\n`)
