import type { BffOptions } from '../options.ts'
import type { Feed } from './feed.ts'
import { createSnapshotEvents } from './snapshot-events.ts'
import { readSnapshots } from './snapshot-reader.ts'
import { writeSnapshots } from './snapshot-writer.ts'

/** Starts to write snapshots, and to look for those of others until the log has been read. Returns how to stop. */
export const openSnapshots = (options: BffOptions, feed: Feed): (() => void) => {
  const { cache, config, clock, replica } = options
  const events = createSnapshotEvents(options.log, options.metrics)
  if (!cache) return () => {}
  const stopReading = readSnapshots({ feed, cache, clock, events })
  const everyMs = config.snapshotMs
  const stopWriting = writeSnapshots({ feed, cache, clock, replica, everyMs, events })
  return () => {
    stopReading()
    stopWriting()
  }
}
