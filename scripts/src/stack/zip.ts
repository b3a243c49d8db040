import { inflateRawSync } from 'node:zlib'
import { StackError } from './error.ts'

const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50

/**
 * One file's content out of a zip archive (a jar), stored or deflated.
 * A plain Java runtime has no `jar` tool and a slim system no `unzip`.
 * Throws StackError `not_in_archive`.
 */
export const unzip = (archive: Buffer, wanted: string): Buffer => {
  let end = archive.length - 22
  while (end > 0 && archive.readUInt32LE(end) !== endOfDirectory) end -= 1
  let at = end < 0 ? archive.length : archive.readUInt32LE(end + 16)
  while (at + 46 <= archive.length && archive.readUInt32LE(at) === directoryEntry) {
    const nameLength = archive.readUInt16LE(at + 28)
    if (archive.toString('utf8', at + 46, at + 46 + nameLength) === wanted) {
      return contentOf(archive, at)
    }
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  throw new StackError('not_in_archive', `the archive holds no ${wanted}`)
}

const contentOf = (archive: Buffer, entry: number): Buffer => {
  const method = archive.readUInt16LE(entry + 10)
  const size = archive.readUInt32LE(entry + 20)
  const header = archive.readUInt32LE(entry + 42)
  const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28)
  const bytes = archive.subarray(start, start + size)
  return method === 0 ? bytes : inflateRawSync(bytes)
}
