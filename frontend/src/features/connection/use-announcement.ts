import type { ClientStatus } from '@flux/client'
import { useEffect, useRef, useState } from 'react'
import { announcement, type ShownPhase } from './model.ts'

/** The last sentence on a change of the connection or from the operators, for the one live region. */
export const useAnnouncement = (
  shown: ShownPhase,
  { lastResume, notice }: ClientStatus,
): string => {
  const before = useRef(shown)
  const [words, setWords] = useState('')
  useEffect(() => {
    const next = announcement(before.current, shown, lastResume)
    before.current = shown
    if (next !== undefined) setWords(next)
  }, [shown, lastResume])
  useEffect(() => {
    if (notice) setWords(notice.text)
  }, [notice])
  return words
}
