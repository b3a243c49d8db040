import { readFileSync } from 'node:fs'
import { hasCode } from './error.ts'

/** Whether no such process runs any more; one that has ended and was not yet collected counts as gone. */
export const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return hasCode(error, 'ESRCH')
  }
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false // no /proc on this system: it exists
  }
}
