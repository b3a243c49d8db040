import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { type Clock, FluxError, type Log, messageOf } from '@flux/runtime'
import type { ReplayRequest } from '../control/schemas.ts'
import { parseRecorded, type Recorded } from './recorded.ts'

/** How far a replay has come. */
export interface ReplayState {
  readonly file: string
  readonly framesReplayed: number
  /** Lines that were no frames. */
  readonly badLines: number
}

/** Where replayed frames go. */
export interface ReplaySink {
  begin(): void
  frame(frame: Recorded): void
  end(): void
}

/** Plays recordings, one at a time. */
export interface Replay {
  /** Resolves when the file is open; throws FluxError `file_unreadable`. A running replay is stopped first. */
  start(request: ReplayRequest): Promise<void>
  /** False when none was running. Resolves when the last frame is out. */
  stop(): Promise<boolean>
  /** Null when none is running. */
  state(): ReplayState | null
}

interface Progress {
  framesReplayed: number
  badLines: number
}

const betweenPassesMs = 1_000

const longestLine = 256 * 1024

const checkReadable = async (file: string) => {
  try {
    await using handle = await open(file, 'r')
    if (!(await handle.stat()).isFile()) throw new FluxError('not_a_file', 'it is not a file')
  } catch (cause) {
    throw new FluxError('file_unreadable', `cannot read ${file}: ${messageOf(cause)}`, { cause })
  }
}

/** The lines of a text file, one after another; a line of more than 256 KiB comes in pieces. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
    if (rest.length > longestLine) {
      yield rest
      rest = ''
    }
  }
  yield rest
}

/** When the frames of one pass are due, in milliseconds after its first. */
const createSchedule = (request: ReplayRequest) => {
  let first: number | undefined
  let due = 0
  let index = 0
  return (frame: Recorded): number => {
    if (request.framesPerSecond !== undefined) due = (index++ * 1000) / request.framesPerSecond
    else if (frame.time !== undefined) {
      first ??= frame.time
      due = Math.max(due, (frame.time - first) / 1000 / (request.speed ?? 1))
    }
    return due
  }
}

/** A player that gives what it reads to `sink`. */
export const createReplay = (deps: { clock: Clock; log: Log; sink: ReplaySink }): Replay => {
  const { clock, log, sink } = deps
  let current: { request: ReplayRequest; progress: Progress; stop(): Promise<void> } | undefined

  const playOnce = async (request: ReplayRequest, progress: Progress, signal: AbortSignal) => {
    const dueAfter = createSchedule(request)
    const began = clock.monotonic()
    for await (const line of linesOf(request.file)) {
      signal.throwIfAborted()
      const frame = parseRecorded(line)
      if (!frame) {
        progress.badLines += line.trim() === '' ? 0 : 1
        continue
      }
      const wait = dueAfter(frame) - (clock.monotonic() - began)
      if (wait >= 1) await clock.sleep(wait, signal)
      sink.frame(frame)
      progress.framesReplayed += 1
    }
  }
  const play = async (request: ReplayRequest, progress: Progress, signal: AbortSignal) => {
    sink.begin()
    try {
      await playOnce(request, progress, signal)
      while (request.loop) {
        await clock.sleep(betweenPassesMs, signal)
        await playOnce(request, progress, signal)
      }
      log.info({ file: request.file, ...progress }, 'replay ended')
    } catch (error) {
      if (!signal.aborted) {
        log.error({ file: request.file, error: messageOf(error) }, 'replay broke off')
      }
    } finally {
      current = undefined
      sink.end()
    }
  }
  const stop = async () => {
    if (!current) return false
    await current.stop()
    return true
  }

  return {
    start: async (request) => {
      await checkReadable(request.file)
      while (current) await current.stop()
      const controller = new AbortController()
      const progress = { framesReplayed: 0, badLines: 0 }
      const played = play(request, progress, controller.signal)
      const halt = () => {
        controller.abort()
        return played
      }
      current = { request, progress, stop: halt }
      log.info(request, 'replay started')
    },
    stop,
    state: () => (current ? { file: current.request.file, ...current.progress } : null),
  }
}
