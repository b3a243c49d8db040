import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { unzip } from './zip.ts'

/** An archive as `zip` writes it, without checksums, which nobody here reads. */
const zip = (files: readonly { name: string; content: Buffer; deflate: boolean }[]): Buffer => {
  const bodies: Buffer[] = []
  const entries: Buffer[] = []
  let offset = 0
  for (const { name, content, deflate } of files) {
    const bytes = deflate ? deflateRawSync(content) : content
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50, 0)
    header.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(deflate ? 8 : 0, 10)
    entry.writeUInt32LE(bytes.length, 20)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    bodies.push(header, Buffer.from(name), bytes)
    entries.push(entry, Buffer.from(name))
    offset += 30 + name.length + bytes.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, ...entries, end])
}

describe('unzip', () => {
  const archive = zip([
    { name: 'META-INF/', content: Buffer.alloc(0), deflate: false },
    { name: 'stored.txt', content: Buffer.from('as it is'), deflate: false },
    { name: 'server', content: Buffer.from('x'.repeat(10_000)), deflate: true },
  ])

  it('gives the content of stored and of deflated files', () => {
    expect(unzip(archive, 'stored.txt').toString()).toBe('as it is')
    expect(unzip(archive, 'server').toString()).toBe('x'.repeat(10_000))
  })

  it('says when the file is not there, or the archive is none', () => {
    expect(() => unzip(archive, 'serve')).toThrow('holds no serve')
    expect(() => unzip(Buffer.from('hello'), 'server')).toThrow('holds no server')
  })
})
