import { fileURLToPath } from 'node:url'
import { run } from '../stack/install.ts'

const bff = fileURLToPath(new URL('../../../bff/', import.meta.url))

/** The OpenAPI document of the public HTTP, asked of the BFF's own code. Throws StackError when it does not tell. */
export const openApi = (): Promise<string> =>
  run(process.execPath, ['src/print-openapi.ts'], { cwd: bff })
