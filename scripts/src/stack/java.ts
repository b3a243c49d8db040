import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { run } from './install.ts'

/** A Java that can run the broker. */
export interface Java {
  readonly command: string
  /** Changes with the exact build: what was made for one JDK is not used with another. */
  readonly build: string
}

/** The major version in what `java -version` prints, 0 when it cannot be found. */
export const majorOf = (printed: string): number =>
  Number(/version "(?:1\.)?(\d+)/.exec(printed)?.[1] ?? 0)

/** JAVA_HOME's Java, else the one on the PATH, when it is version 17 or newer. */
export const findJava = async (env: NodeJS.ProcessEnv): Promise<Java | undefined> => {
  const home = env['JAVA_HOME']
  const command = home ? join(home, 'bin', 'java') : 'java'
  try {
    const printed = await run(command, ['-version'])
    const major = majorOf(printed)
    if (major < 17) return undefined
    const hash = createHash('sha256').update(printed).digest('hex').slice(0, 8)
    return { command, build: `jdk${major}-${hash}` }
  } catch {
    return undefined
  }
}
