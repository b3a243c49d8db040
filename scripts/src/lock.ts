// npm run lock: names in package-lock.json every binary package of every platform, which `npm ci` insists on.
// A registry that mirrors only some platforms makes `npm install` leave the others out.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { completeLock } from './complete-lock.ts'

const file = fileURLToPath(new URL('../../package-lock.json', import.meta.url))
const { lock, added } = completeLock(JSON.parse(readFileSync(file, 'utf8')))
writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`)
console.log(added.length === 0 ? 'the lock file is complete' : `added ${added.join(', ')}`)
