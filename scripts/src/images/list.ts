// node scripts/src/images/list.ts [--json]: the images, by name, or as a list of { name, folder, dockerfile } for a workflow's matrix.
import { fileURLToPath } from 'node:url'
import { deployablesIn } from './deployables.ts'

const deployables = deployablesIn(fileURLToPath(new URL('../../../', import.meta.url)))
const json = process.argv.includes('--json')
console.log(json ? JSON.stringify(deployables) : deployables.map(({ name }) => name).join('\n'))
