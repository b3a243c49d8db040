import { useCallback, useMemo } from 'react'
import { loadText } from '../../ui/storage.ts'
import { useStored } from '../../ui/use-stored.ts'
import { markedText, marksOf } from './read-marks.ts'

const key = 'flux.read'

/** The ids of read stories, and how to mark more; kept in the browser, followed by all of its tabs. */
export const useReadMarks = (): readonly [
  read: ReadonlySet<string>,
  mark: (...ids: readonly string[]) => void,
] => {
  const [text, save] = useStored(key)
  const read = useMemo(() => new Set(marksOf(text)), [text])
  // Another tab may have marked since: what is stored now counts. `save` does the same at every render.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new function each time would render every story
  const mark = useCallback((...ids: readonly string[]) => save(markedText(loadText(key), ids)), [])
  return [read, mark]
}
