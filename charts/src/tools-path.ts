// npm run -s charts:tools: prints the folder that holds helm, helm3 and kubectl, for PATH.
import { toolsFolder } from './tools.ts'

const folder = await toolsFolder(process.env)
if (folder) console.log(folder)
else console.error('no binaries for this machine in the packages: install helm and kubectl')
